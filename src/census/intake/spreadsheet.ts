/** A sheet of a workbook as a text file, so that everything after reads one form. */
import { open, writeFile } from 'node:fs/promises';
import { types } from 'node:util';
import { stringify } from 'csv-stringify/sync';
import readWorkbook, { type CellValue } from 'read-excel-file/node';
import { failure } from '../../shared/errors/errors.js';
import type { IntakeNotice } from './answers.contract.js';
import { HEADINGS, plainHeading } from './headings.terms.js';
import { MOST_BYTES } from './limits.js';

const KNOWN: ReadonlySet<string> = new Set(Object.values(HEADINGS).flat());
const MS_OF_DAY = 86_400_000;

interface Sheet {
  readonly sheet: string;
  readonly data: readonly (readonly (CellValue | null)[])[];
}

/**
 * Writes the sheet that looks most like a census, or the one that was named.
 * @throws MeritloopError FILE_UNREADABLE, CENSUS_TOO_LARGE, REQUEST_INVALID for a sheet that is not there
 */
export async function sheetAsCsv(
  path: string,
  to: string,
  name: string,
  wanted: string | undefined,
): Promise<IntakeNotice[]> {
  await requireBounded(path, name);
  const sheets = await readSheets(path, name);
  const names = sheets.map(({ sheet }) => sheet);
  const chosen =
    wanted === undefined
      ? sheets.reduce((one, other) => (scoreOf(other) > scoreOf(one) ? other : one))
      : sheets.find(({ sheet }) => sheet === wanted);
  if (chosen === undefined)
    throw failure('REQUEST_INVALID', {
      source: name,
      field: '--sheet',
      value: wanted ?? '',
      rule: `must be one of ${names.join(', ')}`,
    });
  await writeFile(to, stringify(chosen.data.map((row) => row.map(cellText))));
  const others = names.filter((other) => other !== chosen.sheet);
  const message = `sheet ${chosen.sheet} is read, not ${others.join(', ')} (--sheet names another)`;
  return others.length === 0 ? [] : [{ code: 'SHEET', count: 1, lines: [], message }];
}

/** How many cells of a row are headings that are known. */
const scoreOf = ({ data }: Sheet): number =>
  Math.max(
    0,
    ...data
      .slice(0, 60)
      .map((row) => row.filter((cell) => KNOWN.has(plainHeading(String(cell ?? '')))).length),
  );

async function readSheets(path: string, name: string): Promise<Sheet[]> {
  try {
    const sheets = await readWorkbook(path);
    if (sheets.length > 0) return sheets;
  } catch (error) {
    if (!types.isNativeError(error)) throw error;
    const reason = `it is no workbook of Excel that can be read (${error.message.split('\n', 1)[0]})`;
    throw failure('FILE_UNREADABLE', { source: 'census', path: name, reason }, error);
  }
  throw failure('CENSUS_EMPTY', { source: name, reason: 'it has no sheet' });
}

/** A day as ISO date; a number without exponent. */
function cellText(cell: CellValue | null): string {
  if (cell instanceof Date)
    return cell.getTime() % MS_OF_DAY === 0
      ? cell.toISOString().slice(0, 10)
      : cell.toISOString().slice(0, 19);
  if (typeof cell === 'number' && !Number.isInteger(cell)) return String(Number(cell.toFixed(6)));
  return cell === null ? '' : String(cell);
}

const END_OF_DIRECTORY = 0x06_05_4b_50;
const ENTRY = 0x02_01_4b_50;

/** The directory at the end of a zip file tells how large its parts are: before any of them is unpacked. */
async function requireBounded(path: string, name: string): Promise<void> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(Math.min(size, 65_557));
    await handle.read(tail, 0, tail.length, size - tail.length);
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0 || tail.readUInt32LE(end) !== END_OF_DIRECTORY)
      throw failure('FILE_UNREADABLE', { source: 'census', path: name, reason: 'it is cut off' });
    const length = tail.readUInt32LE(end + 12);
    const directory = Buffer.alloc(Math.min(length, size));
    await handle.read(directory, 0, directory.length, tail.readUInt32LE(end + 16));
    let bytes = 0;
    for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === ENTRY;) {
      bytes += directory.readUInt32LE(at + 24);
      at +=
        46 +
        directory.readUInt16LE(at + 28) +
        directory.readUInt16LE(at + 30) +
        directory.readUInt16LE(at + 32);
    }
    if (bytes > MOST_BYTES)
      throw failure('CENSUS_TOO_LARGE', {
        source: name,
        found: `${Math.round(bytes / 1024 ** 2)} MiB unpacked`,
        limit: `${MOST_BYTES / 1024 ** 2} MiB`,
      });
  } finally {
    await handle.close();
  }
}
