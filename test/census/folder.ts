/** A folder for one test file, and census files in it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const BASELINE = '2024-12-31';
export const HEADER = 'employee_id,birth_date,hire_date,termination_date,annual_salary,job_level';

export interface TestFolder {
  readonly path: string;
  /** Writes a file and returns its path. */
  readonly file: (name: string, content: string | Uint8Array) => Promise<string>;
  readonly remove: () => Promise<void>;
}

export async function testFolder(): Promise<TestFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'meritloop-census-'));
  return {
    path: folder,
    file: async (name, content) => {
      const file = path.join(folder, name);
      await writeFile(file, content);
      return file;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What a failed call threw. */
export async function thrown(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  );
}
