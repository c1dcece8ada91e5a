/** Lever files: every rule with its line, and the canonical form as a law. */
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import {
  LEVER_COLUMNS,
  PARAMETER_NAMES,
  PARAMETERS,
  type LeverRow,
} from '../../src/levers/lever.contract.js';
import { byLeverKey, formatLevers, leverKey, parseLevers } from '../../src/levers/file.js';
import { leverWarnings } from '../../src/levers/warnings.js';

const HEADER = LEVER_COLUMNS.join(',');
const ROW = 'default,2025,1,RAISE,merit_base,0.04,false,2024-12-31T00:00:00Z,seed';
const parse = (...rows: string[]) => parseLevers([HEADER, ...rows].join('\n'), 'levers.csv', 5);

function thrown(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

test('the delivered levers are canonical: 125 rows of 2025–2029', async () => {
  const text = await readFile('seeds/comp_levers.csv', 'utf8');
  const rows = parseLevers(text, 'comp_levers.csv');
  expect(rows).toHaveLength(125);
  expect(formatLevers(rows)).toBe(text);
  const values = (year: number, parameter: string) =>
    rows
      .filter((row) => row.fiscal_year === year && row.parameter_name === parameter)
      .map((row) => row.parameter_value);
  for (const year of [2025, 2026, 2027, 2028, 2029]) {
    expect(values(year, 'merit_base')).toEqual([0.04, 0.03, 0.025, 0.02, 0.02]);
    expect(values(year, 'cola_rate')).toEqual([0.02, 0.02, 0.02, 0.02, 0.02]);
    expect(values(year, 'promotion_probability')).toEqual([0.12, 0.08, 0.05, 0.02, 0.01]);
    expect(values(year, 'promotion_raise')).toEqual([0.12, 0.12, 0.12, 0.12, 0.12]);
    expect(values(year, 'new_hire_salary_adjustment')).toEqual([1.16, 1.16, 1.16, 1.16, 1.16]);
  }
  expect(rows.some((row) => row.is_locked)).toBe(false);
  expect(leverWarnings(rows)).toEqual([]);
});

test.each([
  ['scenario_id', 'a b', 'must be letters, digits, dot, dash or underscore'],
  ['scenario_id', '', 'must be letters, digits, dot, dash or underscore'],
  ['fiscal_year', '2019', 'must be a whole number from 2020 to 2060'],
  ['fiscal_year', '2061', 'must be a whole number from 2020 to 2060'],
  ['fiscal_year', '2025.5', 'must be a whole number from 2020 to 2060'],
  ['job_level', '0', 'must be a whole number from 1 to 5'],
  ['job_level', '6', 'must be a whole number from 1 to 5'],
  ['job_level', '', 'must be a whole number from 1 to 5'],
  ['event_type', 'HIRE', 'must be RAISE, the event of merit_base'],
  ['event_type', 'bonus', 'must be RAISE, the event of merit_base'],
  ['parameter_name', 'merit', `must be one of ${PARAMETER_NAMES.join(', ')}`],
  ['parameter_value', '', 'must be a number'],
  ['parameter_value', '4 %', 'must be a number'],
  ['parameter_value', 'NaN', 'must be a number'],
  ['parameter_value', 'Infinity', 'must be a number'],
  ['parameter_value', '0.500001', 'must be from 0 to 0.5'],
  ['parameter_value', '-0.01', 'must be from 0 to 0.5'],
  ['is_locked', 'yes', 'must be true or false'],
])('%s "%s": %s', (field, value, rule) => {
  const cells = ROW.split(',');
  cells[LEVER_COLUMNS.findIndex((column) => column === field)] = value;
  expect(thrown(() => parse(ROW, cells.join(',')))).toMatchObject({
    code: 'ROW_INVALID',
    exitCode: 2,
    message: `levers.csv line 3: ${field} = ${value || '(empty)'}: ${rule}`,
  });
});

test.each(PARAMETER_NAMES.map((name) => [name] as const))(
  '%s may lie at both ends of its hard range',
  (name) => {
    const { eventType, hardRange } = PARAMETERS[name];
    for (const [index, end] of hardRange.entries()) {
      const row = (value: number) => `default,2025,1,${eventType},${name},${value},false,,`;
      expect(parse(row(end))[0]?.parameter_value).toBe(end);
      const outside = index === 0 ? end - 0.000001 : end + 0.000001;
      expect(thrown(() => parse(row(Number(outside.toFixed(6)))))).toMatchObject({ code: 'ROW_INVALID' });
    }
  },
);

test('a key twice names both lines, the case of the event apart', () => {
  expect(thrown(() => parse(ROW, '', ROW.replace('RAISE', 'raise')))).toMatchObject({
    message: 'levers.csv line 4: row = default 2025 L1 RAISE merit_base: is also on line 2',
  });
});

test('all errors are kept, lines being physical', () => {
  const note = '"a\nb"';
  const error = thrown(() =>
    parse(
      ROW.replace('seed', note),
      ROW.replace('2025', '1999'),
      ROW.replace('0.04', 'x').replace('false', 'no'),
    ),
  );
  expect(error).toMatchObject({
    fields: {
      line: 4,
      more: 2,
      errors: [
        'line 4: fiscal_year = 1999: must be a whole number from 2020 to 2060',
        'line 5: is_locked = no: must be true or false',
        'line 5: parameter_value = x: must be a number',
      ],
    },
  });
});

test.each([
  [HEADER.replace(',is_locked', ''), 'COLUMN_MISSING', 'levers.csv: column is_locked is missing'],
  [`${HEADER},note`, 'ROW_INVALID', 'levers.csv line 1: column = note: must be one of scenario_id'],
  [
    `${HEADER},created_by`,
    'ROW_INVALID',
    'levers.csv line 1: column = created_by: stands twice in the header',
  ],
  ['', 'COLUMN_MISSING', 'levers.csv: column scenario_id is missing'],
  [`${HEADER}\n${ROW},more`, 'ROW_INVALID', 'levers.csv line 2: row = 10 fields: must have 9 fields'],
  [`${HEADER}\n"${ROW}`, 'FILE_UNREADABLE', 'levers.csv: levers.csv cannot be read'],
])('a file of the wrong shape: %j', (text, code, message) => {
  expect(thrown(() => parseLevers(text, 'levers.csv'))).toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
});

test('old files are understood: byte-order mark, CRLF, other column order, lower-case events, TRUE, float noise', () => {
  const header = LEVER_COLUMNS.toReversed().join(',');
  const row = 'ann,2024-01-01,TRUE,1.1600000000000001,new_hire_salary_adjustment,hire,3,2026,default';
  expect(parseLevers(`\ufeff${header}\r\n${row}\r\n`, 'old.csv')).toEqual([
    {
      scenario_id: 'default',
      fiscal_year: 2026,
      job_level: 3,
      event_type: 'HIRE',
      parameter_name: 'new_hire_salary_adjustment',
      parameter_value: 1.16,
      is_locked: true,
      created_at: '2024-01-01',
      created_by: 'ann',
    },
  ]);
});

const leverRows = fc
  .array(
    fc
      .record({
        scenario_id: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,8}$/),
        fiscal_year: fc.integer({ min: 2020, max: 2060 }),
        job_level: fc.integer({ min: 1, max: 5 }),
        parameter_name: fc.constantFrom(...PARAMETER_NAMES),
        share: fc.integer({ min: 0, max: 1_000_000 }),
        is_locked: fc.boolean(),
        created_at: fc.string(),
        created_by: fc.oneof(fc.string(), fc.constantFrom('', '"', 'a,b', 'a\r\nb', 'a\rb', ' a ', '\ufeff')),
      })
      .map(({ share, ...row }): LeverRow => {
        const { eventType, hardRange } = PARAMETERS[row.parameter_name];
        const value = hardRange[0] + ((hardRange[1] - hardRange[0]) * share) / 1_000_000;
        return { ...row, event_type: eventType, parameter_value: Number(value.toFixed(6)) };
      }),
    { maxLength: 30 },
  )
  .map((rows) => [...new Map(rows.map((row) => [leverKey(row), row])).values()]);

test('any lever set survives a file unchanged, in one canonical text', () => {
  fc.assert(
    fc.property(leverRows, (rows) => {
      const text = formatLevers(rows);
      const read = parseLevers(text, 'law');
      expect(read).toEqual(rows.toSorted(byLeverKey));
      expect(formatLevers(read.toReversed())).toBe(text);
    }),
  );
});

test.each([
  ['merit_base', 0.09, 'above the usual 0.08'],
  ['merit_base', 0.01, 'below the usual 0.02'],
  ['cola_rate', 0.07, 'above the usual 0.06'],
  ['cola_rate', 0.005, 'below the usual 0.01'],
  ['new_hire_salary_adjustment', 1.31, 'above the usual 1.3'],
] as const)('%s averaging %s warns: %s', (name, value, text) => {
  const rows = [-0.001, 0.001].map((offset, index) =>
    parse(`default,2025,${index + 1},${PARAMETERS[name].eventType},${name},${value + offset},false,,`),
  );
  const warnings = leverWarnings(rows.flat());
  expect(warnings).toMatchObject([{ fiscal_year: 2025, parameter_name: name, average: value }]);
  expect(warnings[0]?.message).toBe(
    `default 2025: ${name} averages ${value} over the levels, each counted once, ${text}`,
  );
});

test.each([
  ['merit_base', 0.08],
  ['merit_base', 0.02],
  ['cola_rate', 0.06],
  ['cola_rate', 0.01],
  ['new_hire_salary_adjustment', 1.3],
  ['new_hire_salary_adjustment', 0.5],
  ['promotion_raise', 0.9],
] as const)('%s averaging %s is usual', (name, value) => {
  const rows = [1, 2, 3].map((level) =>
    parse(`default,2025,${level},${PARAMETERS[name].eventType},${name},${value},false,,`),
  );
  expect(leverWarnings(rows.flat())).toEqual([]);
});
