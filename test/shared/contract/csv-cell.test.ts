/** CSV cells that a spreadsheet would run: every CSV that is written shows them, and is read back as it was. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { CENSUS_COLUMNS } from '../../../src/census/census.contract.js';
import { formatLevers, parseLevers } from '../../../src/levers/file.js';
import { cloneScenario } from '../../../src/levers/own-scenarios.js';
import { ownScenariosFile, readScenarios } from '../../../src/levers/scenarios.js';
import { csvCell, csvCellText } from '../../../src/shared/contract/escaped.terms.js';
import { Database } from '../../../src/simulation/engine/database.js';
import { csvCellSql, csvCellTextSql } from '../../../src/simulation/engine/database.js';
import { csvText } from '../../../web/src/ui/csv.js';
import { startApi, type ApiRig } from '../../server/rig.js';

const FORMULAS = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '=HYPERLINK("http://example.org","x")',
  ' =1+1',
  '\t=1+1',
  '\r=1',
  '\n=1',
  '\u00a0=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  "'=1",
  "''=1",
];
const PLAIN = ['', 'ann', "O'Brien", "'", "'ann'", 'a=b', 'EMP_0000001', '2025-01-01', '1', '_x', 'x-1'];
/** What a spreadsheet would run, by a rule of its own. */
const runs = (cell: string): boolean => /^[=+\-@＝＋－＠\t\r\n]/u.test(cell.replace(/^[ \u00a0]+/u, ''));

let rig: ApiRig;
beforeAll(async () => {
  rig = await startApi();
});
afterAll(() => rig.close());

test.each(FORMULAS)('%j is only shown, and read back', (text) => {
  expect(runs(csvCell(text))).toBe(false);
  expect(csvCellText(csvCell(text))).toBe(text);
});
test.each(PLAIN)('%j stays as it is', (text) => {
  expect(csvCell(text)).toBe(text);
  expect(csvCellText(text)).toBe(text);
});
test('whatever a cell holds', () => {
  const part = fc.constantFrom("'", '=', '-', ' ', '\t', '\r', 'a', '＝', '\u00a0');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const text = parts.join('');
      expect(runs(csvCell(text))).toBe(false);
      expect(csvCellText(csvCell(text))).toBe(text);
    }),
  );
});

test('DuckDB writes and reads the same cells', async () => {
  const database = await Database.open(':memory:', { spillFolder: tmpdir() });
  try {
    for (const text of [...FORMULAS, ...PLAIN]) {
      const quoted = `'${text.replaceAll("'", "''")}'`;
      const written = `'${csvCell(text).replaceAll("'", "''")}'`;
      const [row] = await database.rows(
        `select ${csvCellSql(quoted)} as cell, ${csvCellTextSql(written)} as text`,
      );
      expect(row).toEqual({ cell: csvCell(text), text });
    }
  } finally {
    await database.close();
  }
});

test.each(FORMULAS)('a lever file and a table of the page whose author is %j', (author) => {
  const row = {
    scenario_id: 'default',
    fiscal_year: 2025,
    job_level: 1,
    event_type: 'RAISE',
    parameter_name: 'merit_base',
    parameter_value: 0.04,
    is_locked: false,
    created_at: author,
    created_by: author,
  } as const;
  const text = formatLevers([row]);
  expect(cellsOf(text).filter(runs)).toEqual([]);
  expect(parseLevers(text, 'levers.csv')).toEqual([row]);
  expect(formatLevers(parseLevers(text, 'levers.csv'))).toBe(text);
  const table = csvText([author, 'b', 'c'], [[author, -1, null]]);
  expect(cellsOf(table).filter(runs)).toEqual(['-1']);
});

test('scenarios, lever export and rows: nothing of a home is run', async () => {
  const { config } = rig;
  const author = '=cmd()';
  await cloneScenario(config, {
    source: 'default',
    name: 'wide',
    inherit: false,
    description: author,
    by: author,
    reason: 'try',
  });
  expect(cellsOf(await readFile(ownScenariosFile(config), 'utf8')).filter(runs)).toEqual([]);
  expect((await readScenarios(config)).find(({ scenario_id }) => scenario_id === 'wide')).toMatchObject({
    description: author,
  });
  const levers = await rig.ask('/api/levers/export?scenario=wide');
  expect(levers.status).toBe(200);
  const exported = await levers.text();
  expect(cellsOf(exported).filter(runs)).toEqual([]);
  expect(parseLevers(exported, 'levers.csv').map(({ created_by }) => created_by)).toContain(author);

  const folder = await mkdtemp(path.join(tmpdir(), 'meritloop-csv-'));
  try {
    const census = path.join(folder, 'census.csv');
    const people = ['=1+1', '-2', '@x', ...Array.from({ length: 40 }, (_, index) => `E${index}`)];
    const rows = people.map((id, index) => `${id},1985-03-31,2015-01-05,,${60_000 + index},1`);
    await writeFile(census, [CENSUS_COLUMNS.join(','), ...rows, ''].join('\n'));
    const { simulation_id } = await rig.simulate(7, census);
    for (const table of ['snapshot', 'events']) {
      const address = `/api/simulations/${simulation_id}/download?table=${table}&format=csv`;
      const answer = await rig.ask(address);
      expect(answer.status).toBe(200);
      const [head = [], ...records] = parse(await answer.text());
      const text = head.flatMap((name, index) =>
        /_id$|type|category|source|status/.test(name) ? [index] : [],
      );
      const cells = records.flatMap((record) => text.map((index) => record[index] ?? ''));
      expect(cells.filter(runs)).toEqual([]);
      expect(cells).toContain("'=1+1");
    }
    const parquet = await rig.ask(
      `/api/simulations/${simulation_id}/rows?table=snapshot&employee_id=%3D1%2B1`,
    );
    expect(await parquet.json()).toMatchObject({ rows: [{ employee_id: '=1+1' }, {}] });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

const cellsOf = (text: string): string[] => parse(text).flat();
