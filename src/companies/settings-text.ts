/** The settings of a version as a file that people read: each with unit, range and meaning. */
import { SETTINGS } from './settings.terms.js';
import type { CompanySettings } from './settings.js';

export function settingsText({ workforce, levels, hireShares }: CompanySettings): string {
  const values = new Map<string, unknown>(Object.entries(workforce));
  const sum = hireShares.reduce((total, share) => total + share, 0);
  return [
    '# Settings of this version. Change them with `meritloop company set NAME=VALUE`.',
    ...SETTINGS.map(
      ({ name, unit, range, meaning }) =>
        `${name}: ${String(values.get(name))} # ${unit}, ${range[0]} to ${range[1]}: ${meaning}`,
    ),
    'levels: # pay a year at full time; hire_share: of all hires',
    ...levels.flatMap(({ level_id, name, min_pay, hire_midpoint, max_pay }, index) => [
      `  - level: ${level_id}`,
      `    name: ${JSON.stringify(name)}`,
      `    min: ${min_pay}`,
      `    mid: ${hire_midpoint}`,
      `    max: ${max_pay}`,
      `    hire_share: ${((hireShares[index] ?? 0) / sum).toFixed(6)}`,
    ]),
    '',
  ].join('\n');
}
