/** Sealed folders: a list of what each file held, written last, by which damage is found before anybody reads it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { isMissingFile, readText, writeWhole } from './durable.js';

export const SEAL_FILE = 'seal.json';

const seal = z.object({
  files: z.record(z.string(), z.object({ bytes: z.int(), sha256: z.string().length(64) })),
});
type Seal = z.infer<typeof seal>;

export interface Damage {
  /** The file that is not as it was written. */
  readonly path: string;
  /** What differs, such as `it has 10 bytes instead of 20`. */
  readonly detail: string;
}

export interface Inspection {
  /** False for a folder that was made before there were seals. */
  readonly sealed: boolean;
  readonly damage: Damage | undefined;
}

/** Content of files that this process has read whole: of one that has not changed since it is known. */
const KNOWN = new Map<string, { readonly state: string; readonly sha256: string }>();
const MOST_KNOWN = 10_000;

/** Lists the files of a folder in its seal: the last file written there, flushed. Folders inside are not listed. */
export async function sealFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && entry.name !== SEAL_FILE).map(({ name }) => name);
  await writeSeal(path.join(folder, SEAL_FILE), names);
}

/** @param names files beside the seal */
export async function writeSeal(sealFile: string, names: readonly string[]): Promise<void> {
  const files: [name: string, file: Seal['files'][string]][] = [];
  for (const name of names.toSorted()) {
    const file = path.join(path.dirname(sealFile), name);
    files.push([name, { bytes: (await stat(file)).size, sha256: await fileHash(file) }]);
  }
  await writeWhole(sealFile, `${JSON.stringify({ files: Object.fromEntries(files) }, null, 2)}\n`);
}

/**
 * Compares a folder with its seal. A file that this process has read before, and that has not been touched since, is not
 * read again.
 * @param isRead the files whose content is compared; of the others only their size is
 * @param isMeant the files that are looked at; default: all
 */
export const inspectFolder = (
  folder: string,
  isRead?: (name: string) => boolean,
  isMeant?: (name: string) => boolean,
): Promise<Inspection> => inspectSeal(path.join(folder, SEAL_FILE), isRead, isMeant);

/** The same of the files that a seal of another name lists. */
export async function inspectSeal(
  file: string,
  isRead: (name: string) => boolean = () => true,
  isMeant: (name: string) => boolean = () => true,
): Promise<Inspection> {
  const folder = path.dirname(file);
  const text = await readText(file);
  if (text === null) return { sealed: false, damage: undefined };
  const parsed = parse(text);
  if (parsed === undefined) return { sealed: true, damage: { path: file, detail: 'it is no list of files' } };
  for (const [name, wanted] of Object.entries(parsed.files).filter(([listed]) => isMeant(listed))) {
    const detail = await difference(path.join(folder, name), wanted, isRead(name));
    if (detail !== undefined) return { sealed: true, damage: { path: path.join(folder, name), detail } };
  }
  return { sealed: true, damage: undefined };
}

function parse(text: string): Seal | undefined {
  try {
    return seal.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

async function difference(
  file: string,
  { bytes, sha256 }: Seal['files'][string],
  isRead: boolean,
): Promise<string | undefined> {
  const found = await stat(file).catch((error: unknown) => {
    if (isMissingFile(error)) return undefined;
    throw error;
  });
  if (found === undefined) return 'it is missing';
  if (found.size !== bytes) return `it has ${found.size} bytes instead of ${bytes}`;
  if (!isRead || (await fileHash(file)) === sha256) return undefined;
  return `its content is not what was written (sha256 is not ${sha256.slice(0, 12)}…)`;
}

/** sha256 of a file, read as a stream; of one that this process has read and nobody has touched since, as it was then. */
export async function fileHash(file: string): Promise<string> {
  const { size, mtimeNs, ctimeNs, ino } = await stat(file, { bigint: true });
  // The time of change cannot be set by programs, unlike that of writing.
  const state = [size, mtimeNs, ctimeNs, ino].join(' ');
  const known = KNOWN.get(file);
  if (known?.state === state) return known.sha256;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  const sha256 = hash.digest('hex');
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(file, { state, sha256 });
  return sha256;
}
