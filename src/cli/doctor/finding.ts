/** What one check of `doctor` found, with the fix for what is wrong. */
import { execa } from 'execa';

export interface Finding {
  readonly check: string;
  readonly status: 'pass' | 'warn' | 'fail';
  readonly detail: string;
  /** The next step; null where nothing is wrong. */
  readonly fix: string | null;
}

export const pass = (check: string, detail: string): Finding => ({
  check,
  status: 'pass',
  detail,
  fix: null,
});
export const warn = (check: string, detail: string, fix: string): Finding => ({
  check,
  status: 'warn',
  detail,
  fix,
});
export const fail = (check: string, detail: string, fix: string): Finding => ({
  check,
  status: 'fail',
  detail,
  fix,
});

/** True when `version` is at least `least`, both as dotted numbers. */
export function atLeast(version: string, least: string): boolean {
  const [have, want] = [numbers(version), numbers(least)];
  for (const [index, part] of want.entries()) {
    const own = have[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

/** The program's standard output, or why it gave none. */
export async function outputOf(
  file: string,
  args: readonly string[],
): Promise<{ readonly text: string } | { readonly problem: string }> {
  const result = await execa(file, args, { reject: false, timeout: 20_000, stdin: 'ignore' });
  if (!result.failed) return { text: result.stdout.trim() };
  const lastLine = result.stderr.trim().split('\n').at(-1) ?? '';
  return { problem: lastLine === '' ? (result.shortMessage ?? 'failed') : lastLine };
}

const numbers = (version: string): number[] => (version.match(/\d+/g) ?? []).map(Number);
