/** Every lever that is missing stands in one message, with commands that are read as they are meant. */
import { PARAMETER_NAMES, type LeverKey } from '../../src/levers/lever.contract.js';
import { lackingLevers, missingLevers } from '../../src/levers/missing.js';
import { failure } from '../../src/shared/errors/errors.js';
import { readAssignments, yearsAndLevels } from '../../src/cli/levers/lever-words.js';

const JOB_LEVELS = [1, 2, 3, 4, 5];
const ALL = PARAMETER_NAMES.join(', ');
const keys = (
  years: readonly number[],
  levels: readonly number[],
  names: readonly LeverKey['parameter_name'][],
): LeverKey[] =>
  years.flatMap((fiscal_year) =>
    levels.flatMap((job_level) =>
      names.map((parameter_name) => ({ fiscal_year, job_level, parameter_name })),
    ),
  );

test.each([
  ['one lever', keys([2030], [2], ['cola_rate']), ['2030, level 2: cola_rate']],
  ['whole years', keys([2030, 2031], JOB_LEVELS, PARAMETER_NAMES), [`2030–2031, level 1–5: ${ALL}`]],
  [
    'a year of all, and one level of a parameter in another',
    [...keys([2028], [3], ['merit_base']), ...keys([2030], JOB_LEVELS, ['cola_rate'])],
    ['2028, level 3: merit_base', '2030, level 1–5: cola_rate'],
  ],
  ['years with a hole', keys([2026, 2028], [1, 3], ['merit_base']), ['2026,2028, level 1,3: merit_base']],
])('%s', (_what, missing, lines) => {
  const { message, hint, fields } = failure('LEVER_MISSING', { ...missingLevers('plan b', missing) });
  expect(fields['missing']).toEqual(lines);
  for (const line of lines) expect(message).toContain(line);
  const set = (fields['commands'] as readonly string[]).flatMap((command) => {
    expect(hint).toContain(command);
    expect(command).toContain("--scenario 'plan b'");
    const names = [...command.matchAll(/(\w+)=VALUE/g)].map(([, name]) => `${name}=1`);
    const [, years] = / --years (\S+)/.exec(command) ?? [];
    const [, level] = / --level (\S+)/.exec(command) ?? [];
    const read = yearsAndLevels({ years, level }, JOB_LEVELS.length);
    return keys(read.years ?? [], read.levels ?? [], [...readAssignments(names.map(inRange)).keys()]);
  });
  const texts = (all: readonly LeverKey[]) => all.map((key) => JSON.stringify(key)).toSorted();
  // Setting all of them sets what is missing, and nothing else.
  expect(texts(set)).toEqual(texts(missing));
});

/** 1 is too much for some. */
const inRange = (assignment: string): string =>
  assignment.replace(/=1$/, assignment.startsWith('new_hire') ? '=1' : '=.05');

test('what is lacking is looked for in each year, level and parameter', () => {
  const rows = keys([2025], [1, 2], ['cola_rate']);
  expect(lackingLevers(rows, [2025, 2026], [1, 2], ['cola_rate'])).toEqual(
    keys([2026], [1, 2], ['cola_rate']),
  );
  expect(lackingLevers(rows, [2025], [1, 2], ['cola_rate'])).toEqual([]);
});
