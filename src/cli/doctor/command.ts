/** `doctor`: checks everything a run needs, one line each, with the fix for what is wrong. */
import type { Handler } from '../context.js';
import type { Finding } from './finding.js';
import { checkHome } from './home.js';
import { checkLeftovers } from './leftovers.js';
import { checkLevers, checkSeeds } from './inputs.js';
import { checkMemory } from './memory.js';
import { checkPlan } from './model.js';
import { checkPermissions } from './permissions.js';
import { checkSeals } from './seals.js';
import { checkServer } from './server.js';
import { checkPublished, checkStoredFiles } from './stored-files.js';
import { checkNode, checkPython, checkTemporal } from './tools.js';
import type { Style } from '../render/style.js';

const ENVIRONMENT = 6;

export const doctor: Handler = async ({ config, output }, { options }) => {
  // First: what is mended is found sound below.
  const mended = await checkLeftovers(config, options['repair'] === true);
  const found = await Promise.all([
    checkPython(config),
    checkTemporal(config),
    checkHome(config),
    checkSeeds(config),
    checkLevers(config),
    checkPlan(config),
    checkServer(config),
    checkStoredFiles(config),
    checkSeals(config),
    checkPublished(config),
    checkPermissions(config, options['repair'] === true),
  ]);
  const findings: Finding[] = [checkNode(), checkMemory(), ...found.flat(), ...mended];
  const healthy = findings.every(({ status }) => status !== 'fail');
  output.show({ healthy, checks: findings }, (style) => renderFindings(findings, style));
  return healthy ? 0 : ENVIRONMENT;
};

/** One line each, with the fix under what is wrong. */
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
