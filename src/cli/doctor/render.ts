/** The findings of `doctor`, one line each, with the fix under what is wrong. */
import type { Finding } from './finding.js';
import type { Style } from '../render/style.js';

export function renderFindings(findings: readonly Finding[], style: Style): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const colours = { pass: style.good, warn: style.warn, fail: style.bad } as const;
  return findings
    .flatMap(({ check, status, detail, fix }) => [
      `${colours[status](status)}  ${check.padEnd(width)}  ${detail}`,
      ...(fix === null ? [] : [`${' '.repeat(width + 8)}fix: ${fix}`]),
    ])
    .join('\n');
}
