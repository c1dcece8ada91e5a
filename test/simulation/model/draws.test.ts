/** The draw function: committed test vectors (made with an independent program) and equality with DuckDB's SQL. */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import {
  draw,
  drawCoefficients,
  drawSql,
  personNumbersSql,
  PRIME,
  splitId,
  uniform,
  uniformSql,
} from '../../../src/simulation/model/draws.js';

const VECTORS = [
  [
    42,
    'termination',
    2025,
    'EMP_0000001',
    [972723820, 208068594, 1945306583],
    [2147416731, 1574001078],
    533357757,
  ],
  [
    42,
    'promotion',
    2025,
    'EMP_0000001',
    [626250055, 1445208107, 802151753],
    [2147416731, 1574001078],
    1019520553,
  ],
  [
    42,
    'termination',
    2026,
    'NH_2025_0000001',
    [1578115990, 135843901, 565880525],
    [215311999, 1679586232],
    1758191392,
  ],
  [0, 'raise_month', 2060, '', [1120835875, 1468016264, 1918616693], [1659903731, 344945348], 680616577],
  [
    2147483647,
    'hire_pay',
    2029,
    'Ünïque-7',
    [1665366552, 1128058498, 1341281773],
    [1151794223, 800564879],
    73383535,
  ],
] as const;

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});
afterAll(() => connection.closeSync());

async function inSql(expression: string, from = ''): Promise<unknown> {
  const rows = await connection.runAndReadAll(`select ${expression} ${from}`);
  return rows.getRowsJS()[0]?.[0];
}

test.each(VECTORS)(
  'seed %s, stream %s, year %s, person "%s"',
  async (seed, stream, year, id, c, numbers, r) => {
    expect(drawCoefficients(seed, stream, year)).toEqual(c);
    expect(splitId(id)).toEqual(numbers);
    expect(draw(c, numbers[0], numbers[1])).toBe(r);
    const { a, b } = personNumbersSql(`'${id}'`);
    expect(await inSql(drawSql(c, a, b))).toBe(BigInt(r));
    expect(await inSql(uniformSql(c, a, b))).toBe(uniform(r));
  },
);

test('the largest numbers stay inside a signed 64-bit integer', async () => {
  const top = PRIME - 1;
  expect(await inSql(drawSql([top, top, top], `${top}::bigint`, `${top}::bigint`))).toBe(
    BigInt(draw([top, top, top], top, top)),
  );
});

test('TypeScript and SQL agree on any ids, seeds and streams', async () => {
  const ids = fc.array(
    fc.string({ unit: 'grapheme', maxLength: 20 }).filter((id) => !id.includes('\0')),
    {
      minLength: 1,
      maxLength: 50,
    },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.nat(PRIME),
      fc.string(),
      fc.integer({ min: 2020, max: 2060 }),
      ids,
      async (seed, stream, year, people) => {
        const c = drawCoefficients(seed, stream, year);
        const { a, b } = personNumbersSql('id');
        const values = people.map((id) => `('${id.replaceAll("'", "''")}')`).join(', ');
        const rows = await connection.runAndReadAll(
          `select ${uniformSql(c, a, b)} from (values ${values}) people(id)`,
        );
        expect(rows.getRowsJS().map(([u]) => u)).toEqual(
          people.map((id) => uniform(draw(c, ...splitId(id)))),
        );
      },
    ),
    { numRuns: 50 },
  );
});

test('draws lie inside (0, 1) at both ends', () => {
  expect(uniform(0)).toBeGreaterThan(0);
  expect(uniform(PRIME - 1)).toBeLessThan(1);
});

test('streams, years and seeds are unrelated: uniform and uncorrelated over 20,000 people', () => {
  const people = Array.from({ length: 20_000 }, (_, index) =>
    splitId(`EMP_${String(index).padStart(7, '0')}`),
  );
  const sample = (seed: number, stream: string, year: number) => {
    const c = drawCoefficients(seed, stream, year);
    return people.map(([a, b]) => uniform(draw(c, a, b)) - 0.5);
  };
  const samples = [
    sample(42, 'termination', 2025),
    sample(42, 'promotion', 2025),
    sample(42, 'termination', 2026),
    sample(43, 'termination', 2025),
  ];
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  for (const [index, left] of samples.entries()) {
    expect(Math.abs(mean(left))).toBeLessThan(0.01);
    for (const right of samples.slice(index + 1)) {
      expect(Math.abs(12 * mean(left.map((value, at) => value * (right[at] ?? 0))))).toBeLessThan(0.03);
    }
  }
});
