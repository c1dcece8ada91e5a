/** Puts what is damaged out of the way, where people can look at it: nothing is deleted. */
import { randomUUID } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { isMissingFile } from './durable.js';

/** Where a home keeps what was damaged. */
export const ASIDE_FOLDER = 'damaged';

/**
 * Moves a file or folder of the home into `<home>/damaged/<where it was>@<time>`, in one step.
 * @returns where it is now; undefined when another process has moved it first
 */
export async function setAside(home: string, file: string): Promise<string | undefined> {
  const stamp = new Date().toISOString().replaceAll(/[^0-9TZ]/g, '');
  const name = path.relative(home, file).replaceAll(path.sep, '-');
  const aside = path.join(home, ASIDE_FOLDER, `${name}@${stamp}-${randomUUID().slice(0, 8)}`);
  await mkdir(path.dirname(aside), { recursive: true });
  try {
    await rename(file, aside);
    return aside;
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
}

/** What is told of it. @param again what happens now, such as `it is imported again` */
export const asideNote = (
  { path: file, detail }: { readonly path: string; readonly detail: string },
  aside: string | undefined,
  again: string,
): string =>
  `${file} is damaged: ${detail}. ${aside === undefined ? '' : `It was put aside as ${aside}. `}${again}.`;
