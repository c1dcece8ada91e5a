/** Inputs of a request, named by fingerprint, as the files in the home that they stand for. */
import path from 'node:path';
import { storedSource } from '../census/store.js';
import type { Config } from '../config.js';
import { leverStore } from '../levers/open.js';
import { failure, MeritloopError } from '../shared/errors/errors.js';

/** The file of a stored lever set, relative to the home. @throws LEVER_SET_UNKNOWN, LEVER_SET_CHANGED */
async function leverFile(config: Config, fingerprint: string | undefined): Promise<string | undefined> {
  if (fingerprint === undefined) return undefined;
  const store = leverStore(config);
  await store.text(fingerprint);
  return path.relative(config.home, store.path(fingerprint));
}

interface NamedInputs {
  readonly census?: string | undefined;
  readonly lever_set?: string | undefined;
}

/** Keys of a request that name files, where they are given. */
export async function inputFiles(
  config: Config,
  { census, lever_set }: NamedInputs,
): Promise<{ census?: string; levers?: string }> {
  const [file, levers] = await Promise.all([
    census === undefined ? undefined : storedSource(config.home, census),
    leverFile(config, lever_set),
  ]);
  return { ...(file === undefined ? {} : { census: file }), ...(levers === undefined ? {} : { levers }) };
}

/** Without the keys that hold nothing: a workflow takes only those that are given. */
export const given = <T extends object>(request: T): { [Key in keyof T]: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };

/** Starts what a request with an Idempotency-Key asks for. @throws IDEMPOTENCY_KEY_REUSED naming the fields */
export async function once<Started>(
  key: string | undefined,
  start: () => Promise<Started>,
): Promise<Started> {
  try {
    return await start();
  } catch (error) {
    const isOther = error instanceof MeritloopError && error.code === 'REQUEST_DIFFERS';
    if (key === undefined || !isOther) throw error;
    const { fields } = error.fields as { readonly fields: readonly string[] };
    throw failure('IDEMPOTENCY_KEY_REUSED', { key, fields }, error);
  }
}
