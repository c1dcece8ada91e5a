/** The rule book states the figures that the seeds, the catalogue of levers and the models hold. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { invariantsReference } from '../../scripts/invariants-reference.js';
import { definitionOf, PARAMETER_NAMES } from '../../src/levers/catalogue.terms.js';
import { TARGET_METRICS } from '../../src/targets/target-choices.terms.js';
import { METRICS, STRATEGIES, STATUSES, TARGET_MODES } from '../../src/shared/contract/choices.terms.js';

const page = (name: string): Promise<string> => readFile(`docs/model/${name}.md`, 'utf8');

/** The cells of the rows whose first cell is `first`. */
function rowsOf(text: string, first: string): string[][] {
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').slice(1, -1));
  return rows.map((cells) => cells.map((cell) => cell.trim())).filter(([cell]) => cell === first);
}

async function seed(file: string): Promise<string[][]> {
  const [, ...lines] = (await readFile(`seeds/${file}.csv`, 'utf8')).trim().split('\n');
  return lines.map((line) => line.split(','));
}

const pairs = (text: string): string[] => text.split(', ');

test('settings: every row of config_workforce.csv', async () => {
  const text = await page('settings');
  for (const [name = '', value] of await seed('config_workforce'))
    expect(rowsOf(text, name)).toEqual([expect.arrayContaining([name, value])]);
});

test('settings: every job level', async () => {
  const text = await page('settings');
  for (const row of await seed('config_job_levels')) expect(rowsOf(text, row[0]!)).toContainEqual(row);
});

test.each([
  ['config_termination_hazard', 0],
  ['config_promotion_shape', 1],
] as const)('settings: every factor of %s', async (file, place) => {
  const text = await page('settings');
  const rows = await seed(file);
  for (const dimension of new Set(rows.map(([name]) => name!))) {
    const stated = rowsOf(text, dimension).map(([, cell]) => pairs(cell!));
    const found = rows
      .filter(([name]) => name === dimension)
      .map(([, bound, factor]) => `${bound}: ${factor}`);
    // The promotion shape's table follows that of leaving and has fewer dimensions.
    expect(stated[stated.length === 1 ? 0 : place]).toEqual(found);
  }
});

test.each(['config_raise_months', 'config_hire_levels', 'config_hire_ages'])(
  'settings: every share of %s',
  async (file) => {
    const [row] = rowsOf(await page('settings'), `${file}.csv`);
    expect(pairs(row![1]!)).toEqual((await seed(file)).map(([name, share]) => `${name}: ${share}`));
  },
);

test.each(PARAMETER_NAMES)('levers: the catalogue row of %s', async (name) => {
  const { eventType, effect, unit, hardRange, bounds, step, neutral, usual } = definitionOf(name);
  const range = ([low, high]: readonly [number, number]) => `${low} to ${high}`;
  const often =
    usual === undefined
      ? ''
      : usual.low === undefined
        ? `up to ${usual.high}`
        : range([usual.low, usual.high]);
  expect(rowsOf(await page('levers'), name)).toContainEqual([
    name,
    eventType,
    effect,
    unit,
    range(hardRange),
    range(bounds),
    String(step),
    String(neutral),
    often,
  ]);
});

test.each(PARAMETER_NAMES)('levers: the delivered values of %s, alike in every year', async (name) => {
  const rows = (await seed('comp_levers')).filter((row) => row[4] === name);
  const years = new Map<string, string[]>();
  for (const [, year = '', , , , value = ''] of rows) years.set(year, [...(years.get(year) ?? []), value]);
  const [first] = years.values();
  expect([...years.values()]).toEqual(Array.from(years, () => first));
  expect(rowsOf(await page('levers'), name)).toContainEqual([name, ...first!]);
});

test.each([
  ['year', 'STATUSES', STATUSES],
  ['growth', 'METRICS', METRICS],
  ['growth', 'TARGET_MODES', TARGET_MODES],
  ['tuning', 'STRATEGIES', STRATEGIES],
] as const)('%s: a row for each of %s', async (name, _, words) => {
  const text = await page(name);
  for (const word of words) expect(rowsOf(text, word)).toHaveLength(1);
});

test('growth: a row for each figure that targets name', async () => {
  const text = await page('growth');
  for (const metric of TARGET_METRICS)
    expect(rowsOf(text, metric.replace(/level_\d/, 'level_N'))).toHaveLength(1);
});

test.each([
  ['int_hires.sql', 'flow', '365'],
  ['int_hazards.sql', 'flow', 'opening.tenure >= 1 and opening.level_id < top.level_id and opening.age < 65'],
  ['int_raises.sql', 'flow', 'where opening.tenure >= 1'],
  ['int_hire_pay.sql', 'pay', '(90 * 4294967294 + 18 * (2 *'],
])('what is no setting stands in %s', async (file, folder, code) => {
  const sql = await readFile(`dbt/models/intermediate/${folder}/${file}`, 'utf8');
  expect(sql).toContain(code);
});

test('invariants.md is made from the tests (node scripts/invariants-reference.js)', async () => {
  expect(await page('invariants')).toBe(invariantsReference('.'));
});
