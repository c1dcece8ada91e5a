/** Takes an upload onto disk, no further than its limit. */
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { failure, MeritloopError } from '../shared/errors/errors.js';

/** @throws MeritloopError BODY_TOO_LARGE, BODY_UNREADABLE */
export async function saveBody(
  body: ReadableStream<Uint8Array> | null,
  file: string,
  mostBytes: number,
): Promise<void> {
  if (body === null) throw failure('BODY_UNREADABLE', { reason: 'it is empty' });
  let bytes = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > mostBytes)
        done(failure('BODY_TOO_LARGE', { limit: `${Math.floor(mostBytes / 1024 / 1024)} MiB` }));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(Readable.fromWeb(body as WebStream), counting, createWriteStream(file));
  } catch (error) {
    if (error instanceof MeritloopError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw error;
    throw failure('BODY_UNREADABLE', { reason: 'the connection broke off' }, error);
  }
}
