/** Physical lines of a CSV file: where a record or a byte stands. Read only when there is an error to show. */
import { createReadStream } from 'node:fs';

/** Finds the lines of records, from 0; for a Parquet file its rows. */
export type LinesOf = (records: readonly number[]) => Promise<(record: number) => number>;

const LF = 10;
const CR = 13;
const QUOTE = 34;
const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf];

/** The line, from 1, of each wanted data record (from 0; the header, what stands above it and blank lines not counted). */
export async function lineOfRecord(
  path: string,
  wanted: readonly number[],
  { delimiter = ',', skip = 0 }: { readonly delimiter?: string; readonly skip?: number } = {},
): Promise<(record: number) => number> {
  const left = new Set(wanted);
  const found = new Map<number, number>();
  const separator = delimiter.charCodeAt(0);
  let line = 1;
  let record = -2;
  let atRecordStart = true;
  let atFieldStart = true;
  let quoted = false;
  let previous = 0;
  await eachByte(path, (byte) => {
    const newline = byte === LF || byte === CR;
    const secondHalf = byte === LF && previous === CR;
    previous = byte;
    if (newline) {
      if (!secondHalf) line += 1;
      if (!quoted) atRecordStart = true;
      if (!quoted) atFieldStart = true;
      return true;
    }
    // A title is no record, whatever quotes stand in it.
    if (line <= skip) return true;
    if (record === -2 && BYTE_ORDER_MARK.includes(byte)) return true;
    if (atRecordStart) {
      record += 1;
      atRecordStart = false;
      if (left.delete(record)) found.set(record, line);
      if (left.size === 0) return false;
    }
    if (byte === QUOTE && (quoted || atFieldStart)) quoted = !quoted;
    // A doubled quote closes and opens again, so the byte after a quote counts as a field's start.
    atFieldStart = byte === QUOTE || (byte === separator && !quoted);
    return true;
  });
  return (wantedRecord) => found.get(wantedRecord) ?? line;
}

/** The line, from 1, on which each wanted byte offset stands. */
export async function lineOfOffset(
  path: string,
  wanted: readonly number[],
): Promise<(offset: number) => number> {
  const left = new Set(wanted);
  const found = new Map<number, number>();
  let line = 1;
  let offset = 0;
  let previous = 0;
  await eachByte(path, (byte) => {
    if (left.delete(offset)) found.set(offset, line);
    offset += 1;
    if (byte === CR || (byte === LF && previous !== CR)) line += 1;
    previous = byte;
    return left.size > 0;
  });
  return (wantedOffset) => found.get(wantedOffset) ?? line;
}

/** Visits the bytes in order until `visit` says stop. */
async function eachByte(path: string, visit: (byte: number) => boolean): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes: Buffer = chunk;
    for (const byte of bytes) if (!visit(byte)) return;
  }
}
