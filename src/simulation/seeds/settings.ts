/** Reads `config_workforce.csv`. */
import type { z } from 'zod';
import { workforceSettings, type WorkforceSettings } from '../settings.contract.js';
import { checkSeed } from './seed-table.js';

const FILE = 'config_workforce.csv';

/** Settings that files of earlier releases call otherwise. */
const RENAMED: ReadonlyMap<string, keyof WorkforceSettings> = new Map([
  ['target_growth_rate', 'headcount_growth'],
]);

/** @throws MeritloopError FILE_MISSING, COLUMN_MISSING, ROW_INVALID naming the setting's line */
export const readWorkforceSettings = async (seedsDir: string): Promise<WorkforceSettings> =>
  (await readSettingsFile(seedsDir)).settings;

/** The settings with a notice for each that stands under an old name. */
export async function readSettingsFile(
  seedsDir: string,
): Promise<{ readonly settings: WorkforceSettings; readonly notices: readonly string[] }> {
  const notices: string[] = [];
  const values = await checkSeed(seedsDir, FILE, ['name', 'value'], (rows, refuse) => {
    const lines = new Map<string, number>();
    const found = new Map<string, number>();
    for (const row of rows) {
      const written = row.text('name');
      const name = RENAMED.get(written) ?? written;
      if (name !== written)
        notices.push(`${FILE} line ${row.line}: ${written} is called ${name} now; rename it`);
      const first = lines.get(name);
      if (first !== undefined) {
        row.refuse('name', `is also on line ${first}`);
        continue;
      }
      lines.set(name, row.line);
      found.set(name, row.number('value', -2_147_483_648, 2_147_483_647));
    }
    for (const issue of workforceSettings.safeParse(Object.fromEntries(found)).error?.issues ?? []) {
      const names = issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])];
      for (const name of names) {
        const value = found.get(name);
        // A cell that is no number was refused when it was read.
        if (Number.isNaN(value)) continue;
        const rule = value === undefined ? 'has no row' : ruleOf(issue);
        refuse({ line: lines.get(name) ?? 1, field: name, value: String(value ?? 'none'), rule });
      }
    }
    return Object.fromEntries(found);
  });
  return { settings: workforceSettings.parse(values), notices };
}

function ruleOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'is no setting';
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  if (issue.code === 'invalid_type') return 'must be a whole number';
  return issue.message;
}
