/** Any export as a UTF-8 text file or a Parquet file, of bounded size: unpacked, decoded, or taken out of a sheet. */
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { types } from 'node:util';
import { createGunzip } from 'node:zlib';
import { failure, MeritloopError } from '../../shared/errors/errors.js';
import type { CensusAnswers, IntakeNotice } from './answers.contract.js';
import { MOST_BYTES } from './limits.js';
import { sheetAsCsv } from './spreadsheet.js';

export interface OpenedFile {
  readonly path: string;
  readonly format: 'csv' | 'parquet';
  readonly notices: readonly IntakeNotice[];
}

const HEAD_BYTES = 65_536;

/**
 * @param path of a private copy, beside which more files may be written
 * @param name the caller's name of the file, as errors show it
 * @throws MeritloopError FILE_UNREADABLE, CENSUS_EMPTY, CENSUS_TOO_LARGE
 */
export async function openFile(path: string, name: string, answers: CensusAnswers = {}): Promise<OpenedFile> {
  const head = await readHead(path);
  if (head.length === 0) throw failure('CENSUS_EMPTY', { source: name, reason: 'the file is empty' });
  if (head[0] === 0x1f && head[1] === 0x8b) {
    const plain = `${path}-unpacked`;
    await unpack(path, plain, name);
    return openFile(plain, name.replace(/\.gz$/i, ''), answers);
  }
  if (head.toString('latin1', 0, 4) === 'PAR1') return { path, format: 'parquet', notices: [] };
  if (name.toLowerCase().endsWith('.parquet')) throw unreadable(name, 'it is not a Parquet file');
  if (head.toString('latin1', 0, 4) === 'PK\u0003\u0004') {
    const text = `${path}-sheet`;
    const notices = await sheetAsCsv(path, text, name, answers.sheet);
    return { path: text, format: 'csv', notices };
  }
  if (head.toString('latin1', 0, 4) === 'ÐÏ\u0011à')
    throw unreadable(name, 'it is a workbook of Excel 97 to 2003; save it as .xlsx or CSV');
  const encoding = await encodingOf(path, head, name);
  if (encoding === 'utf-8') return { path, format: 'csv', notices: [] };
  const text = `${path}-utf8`;
  await decode(path, text, encoding);
  const said = encoding === 'windows-1252' ? 'Windows-1252 (Latin-1)' : encoding.toUpperCase();
  return {
    path: text,
    format: 'csv',
    notices: [{ code: 'ENCODING', count: 1, lines: [], message: `the file is ${said}, not UTF-8: read so` }],
  };
}

const unreadable = (path: string, reason: string, cause?: unknown): MeritloopError =>
  failure('FILE_UNREADABLE', { source: 'census', path, reason }, cause);

const tooLarge = (source: string): MeritloopError =>
  failure('CENSUS_TOO_LARGE', {
    source,
    found: `more than ${MOST_BYTES / 1024 ** 2} MiB unpacked`,
    limit: `${MOST_BYTES / 1024 ** 2} MiB`,
  });

/** Refuses what would fill memory or disk, after at most the limit. */
async function unpack(from: string, to: string, name: string): Promise<void> {
  try {
    await pipeline(createReadStream(from), createGunzip(), atMost(MOST_BYTES, name), createWriteStream(to));
  } catch (error) {
    if (!types.isNativeError(error) || error instanceof MeritloopError) throw error;
    if (!('code' in error) || !String(error.code).startsWith('Z_')) throw error;
    throw unreadable(name, 'it is a damaged gzip file', error);
  }
}

function atMost(most: number, name: string): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most) done(tooLarge(name));
      else done(null, chunk);
    },
  });
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** By its mark, by zeros in every second byte, else UTF-8 where all of it is that. */
async function encodingOf(path: string, head: Buffer, name: string): Promise<Encoding> {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  const zeros = [0, 1].map(
    (parity) => head.filter((byte, index) => byte === 0 && index % 2 === parity).length,
  );
  const enough = head.length / 8;
  if ((zeros[1] ?? 0) > enough && zeros[0] === 0) return 'utf-16le';
  if ((zeros[0] ?? 0) > enough && zeros[1] === 0) return 'utf-16be';
  if ((zeros[0] ?? 0) + (zeros[1] ?? 0) > 0)
    throw unreadable(name, 'it is neither text, nor Parquet, nor a workbook');
  return (await isUtf8(createReadStream(path))) ? 'utf-8' : 'windows-1252';
}

async function isUtf8(bytes: Readable): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of bytes) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (types.isNativeError(error) && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return false;
    throw error;
  }
}

async function decode(from: string, to: string, encoding: Encoding): Promise<void> {
  const decoder = new TextDecoder(encoding);
  const decoding = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, decoder.decode(chunk, { stream: true }));
    },
    flush(done) {
      done(null, decoder.decode());
    },
  });
  await pipeline(createReadStream(from), decoding, createWriteStream(to));
}

async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
