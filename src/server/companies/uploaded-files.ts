/** Census files that were sent and wait for the answers by which they are read; forgotten after a day. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { rootConfig, type Config } from '../../config.js';
import { failure } from '../../shared/errors/errors.js';
import { listFolders } from '../../shared/files/durable.js';
import { saveBody } from '../upload.js';

const KEPT_MS = 24 * 60 * 60 * 1000;
const ID = /^[0-9a-f-]{36}$/;

const folderOf = (config: Config): string => path.join(rootConfig(config).home, 'tmp', 'company-files');

/** @returns the id under which it is asked for. @throws MeritloopError BODY_TOO_LARGE, BODY_UNREADABLE */
export async function keepFile(
  config: Config,
  name: string,
  body: ReadableStream<Uint8Array> | null,
  mostBytes: number,
): Promise<string> {
  const folder = folderOf(config);
  await forgetOld(folder);
  const id = randomUUID();
  const own = path.join(folder, id);
  await mkdir(own, { recursive: true, mode: 0o700 });
  try {
    await saveBody(body, path.join(own, name), mostBytes);
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    throw error;
  }
  return id;
}

/** Where it stands. @throws MeritloopError UPLOAD_UNKNOWN */
export async function keptFile(config: Config, id: string): Promise<string> {
  const own = path.join(folderOf(config), id);
  const [name] = ID.test(id) && (await listFolders(folderOf(config))).includes(id) ? await readdir(own) : [];
  if (name === undefined) throw failure('UPLOAD_UNKNOWN', { file: id });
  return path.join(own, name);
}

export const forgetFile = (config: Config, id: string): Promise<void> =>
  rm(path.join(folderOf(config), id), { recursive: true, force: true });

async function forgetOld(folder: string): Promise<void> {
  for (const id of await listFolders(folder)) {
    const own = path.join(folder, id);
    const { mtimeMs } = await stat(own);
    if (Date.now() - mtimeMs > KEPT_MS) await rm(own, { recursive: true, force: true });
  }
}
