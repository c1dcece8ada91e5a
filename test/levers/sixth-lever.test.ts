/** A lever is data: a sixth one, added to a copy of the project by CONTRIBUTING's recipe, works wherever the five do. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build } from '../../scripts/build.js';
import { launch } from '../web/stack.js';

const PARTS = ['src', 'web', 'dbt', 'seeds', 'scripts', 'package.json', 'package-lock.json'];
const ROW = `
  bonus_rate: {
    eventType: 'RAISE',
    effect: 'cash',
    unit: 'rate',
    hardRange: [0, 0.5],
    bounds: [0, 0.2],
    step: 0.01,
    neutral: 0,
    isTogether: false,
    isTuned: false,
    eagerness: 6,
    waterfall: 6,
    label: 'Yearly bonus',
    shortLabel: 'Bonus',
  },
} as const satisfies`;

let project: string;
let home: string;

beforeAll(async () => {
  project = await mkdtemp(path.join(os.tmpdir(), 'meritloop-sixth-'));
  home = path.join(project, 'home');
  for (const part of PARTS)
    await cp(part, path.join(project, part), {
      recursive: true,
      filter: (source) => !/[/\\](target|logs|__pycache__)$/.test(source),
    });
  for (const part of ['tsconfig.json', 'tsconfig.build.json']) await cp(part, path.join(project, part));
  for (const part of ['node_modules', '.venv']) await symlink(path.resolve(part), path.join(project, part));
  const catalogue = path.join(project, 'src', 'levers', 'catalogue.terms.ts');
  const text = await readFile(catalogue, 'utf8');
  if (text.split('\n} as const satisfies').length !== 2)
    throw new Error('the catalogue has no place for a row');
  await writeFile(catalogue, text.replace('\n} as const satisfies', ROW));
  await build({ root: project, page: true, say: () => {} });
}, 300_000);

afterAll(async () => {
  await run('server', 'stop');
  await rm(project, { recursive: true, force: true });
});

function start(...argv: string[]): ChildProcess {
  const code = `import { main } from './dist/cli/main.js'; process.exit(await main(process.argv.slice(1)));`;
  return spawn(process.execPath, ['--input-type=module', '-e', code, ...argv, '--home', home], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = start(...argv);
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout, stderr };
}

interface Answer {
  // What the command's document holds; each test names the fields that it reads.
  readonly [field: string]: unknown;
}

async function ask<Document = Answer>(...argv: string[]): Promise<Document> {
  const { code, stdout, stderr } = await run(...argv, '--json');
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as Document;
}

interface Simulated {
  readonly simulation_id: string;
  readonly years: readonly { readonly year: number; readonly growth: number; readonly cash_paid: number }[];
}

async function bonuses(simulation: string): Promise<number[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const file = path.join(home, 'simulations', simulation, 'fct_yearly_events.parquet');
  const reader = await connection.runAndReadAll(
    `select sum(round(new_compensation * .05, 2))::double from '${file}'
     where event_type = 'raise' group by simulation_year order by simulation_year`,
  );
  connection.closeSync();
  instance.closeSync();
  return reader.getRows().map(([sum]) => Number(sum));
}

const tables = async (simulation: string): Promise<Buffer[]> =>
  Promise.all(
    ['fct_yearly_events', 'fct_workforce_snapshot'].map((name) =>
      readFile(path.join(home, 'simulations', simulation, `${name}.parquet`)),
    ),
  );

let before: Simulated;

test('a lever set without it holds the neutral value, and says so', async () => {
  const { notices, levers } = await ask<{
    notices: string[];
    levers: { parameter_name: string; parameter_value: number }[];
  }>('levers', 'show');
  expect(notices).toEqual([expect.stringContaining('bonus_rate has no row in this lever set')]);
  expect(levers.filter(({ parameter_name }) => parameter_name === 'bonus_rate')).toHaveLength(25);
  before = await ask<Simulated>('simulate');
  expect(before.years.map(({ cash_paid }) => cash_paid)).toEqual([0, 0, 0, 0, 0]);
  const { stderr, stdout } = await run('simulate');
  expect(`${stdout}${stderr}`).toContain('bonus_rate has no row in this lever set');
}, 120_000);

test('impact: cash moves by the bonus, growth and payroll do not', async () => {
  const report = await ask<{
    difference: { growth: number; payroll: number; cash_paid: number };
    waterfall: { parameter_name: string; growth: number; cash_paid: number }[];
    tornado: { parameter_name: string; up: { cash_paid: number } }[];
  }>('impact', 'bonus_rate=.05');
  expect(report.difference).toMatchObject({ growth: 0, payroll: 0 });
  const [part] = report.waterfall.filter(({ parameter_name }) => parameter_name === 'bonus_rate');
  expect(part).toMatchObject({ growth: 0, cash_paid: report.difference.cash_paid });
  const [step] = report.tornado.filter(({ parameter_name }) => parameter_name === 'bonus_rate');
  // Rounded to the cent for each person.
  expect(step!.up.cash_paid * 5).toBeCloseTo(report.difference.cash_paid, -4);
}, 180_000);

test('set and simulated: cash is a share of pay on the raise day, base pay stays byte for byte', async () => {
  await ask('levers', 'set', 'bonus_rate=.05', '--years', '2025-2029', '--reason', 'a bonus for all');
  const after = await ask<Simulated>('simulate');
  expect(after.years.map(({ cash_paid }) => cash_paid)).toEqual(
    (await bonuses(after.simulation_id)).map((sum) => expect.closeTo(sum, 2)),
  );
  expect(after.years.map(({ growth }) => growth)).toEqual(before.years.map(({ growth }) => growth));
  expect(await tables(after.simulation_id)).toEqual(await tables(before.simulation_id));
}, 120_000);

test.each(['conservative', 'balanced', 'aggressive'])(
  'tuned by %s: growth is met by the others',
  async (strategy) => {
    const { status, levers } = await ask<{
      status: string;
      levers: { parameter_name: string; before: number; after: number }[];
    }>('optimize', '--target', '3', '--strategy', strategy, '--tune', 'merit_base,bonus_rate');
    expect(status).toBe('converged');
    const moved = new Set(levers.filter((row) => row.before !== row.after).map((row) => row.parameter_name));
    expect(moved.has('merit_base')).toBe(true);
    // The balanced strategy moves every lever by the same share of its room, whatever it does to growth.
    expect(moved.has('bonus_rate')).toBe(strategy === 'balanced');
  },
  180_000,
);

test('a cost target is met by the bonus alone', async () => {
  const { years } = await ask<{ years: { year: number; payroll: number }[] }>('simulate');
  const wanted = Math.round(years[4]!.payroll * 1.08);
  const targets = path.join(project, 'targets.csv');
  await writeFile(
    targets,
    `scenario_id,fiscal_year,metric_name,target_value,tolerance,tolerance_kind,priority\n` +
      `default,2029,total_compensation_cost,${wanted},0.001,relative,high\n`,
  );
  const { status, levers } = await ask<{
    status: string;
    levers: { fiscal_year: number; before: number; after: number }[];
  }>('optimize', '--targets', targets, '--tune', 'bonus_rate');
  expect(status).toBe('converged');
  const raised = levers.filter((row) => row.after > row.before).map(({ fiscal_year }) => fiscal_year);
  expect([...new Set(raised)]).toEqual([2029]);
}, 180_000);

test('published and exported with it', async () => {
  const { file } = await ask<{ file: string }>('publish');
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `select min(cash_paid) > 0 from fct_compensation_growth where simulation_year >= 2025`,
  );
  expect(reader.getRows()).toEqual([[true]]);
  connection.closeSync();
  instance.closeSync();
  const out = path.join(project, 'levers.csv');
  await ask('levers', 'export', '--out', out);
  const rows = (await readFile(out, 'utf8')).split('\n').filter((line) => line.includes(',bonus_rate,'));
  expect(rows).toHaveLength(25);
  expect(rows.every((line) => line.includes(',RAISE,bonus_rate,0.05,'))).toBe(true);
}, 120_000);

test('on the page by its label', async () => {
  const server = start('ui', '--port', '0', '--json');
  const browser = await launch();
  try {
    let said = '';
    const url = await new Promise<string>((resolve, reject) => {
      server.stdout?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /"url":\s*"([^"]+)"/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      server.once('close', () => reject(new Error(`the page's server ended: ${said}`)));
    });
    const page = await browser.newPage();
    await page.goto(`${url}/parameters`);
    await page.getByText('Yearly bonus, average').waitFor({ timeout: 60_000 });
    await page.goto(`${url}/optimize`);
    await page.getByRole('button', { name: 'More choices' }).click({ timeout: 60_000 });
    const box = page.getByRole('checkbox', { name: 'Yearly bonus' });
    await box.waitFor({ timeout: 60_000 });
    expect(await box.isChecked()).toBe(false);
  } finally {
    await browser.close();
    server.kill('SIGTERM');
    if (server.exitCode === null) await once(server, 'close');
  }
}, 180_000);
