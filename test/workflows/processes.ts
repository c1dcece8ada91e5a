/** Which processes work in a folder, by their command lines. */
import { execFileSync } from 'node:child_process';

export const processesOf = (folder: string): string[] =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder));
