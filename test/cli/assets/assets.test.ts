/** `assets …` as people use it: the real graph of a small company, the real worker, and a second run that has nothing to do. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateCensus } from '../../../src/census/generate.js';
import { runInProcess } from '../capture.js';
import { startMeritloop } from '../run-meritloop.js';

let folder: string;
let home: string[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-assets-'));
  await generateCensus({
    employees: 200,
    seed: 1,
    out: path.join(folder, 'census.csv'),
    baselineDate: '2024-12-31',
  });
  home = ['--home', path.join(folder, 'home'), '--census', path.join(folder, 'census.csv')];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ask = async (...argv: string[]) => {
  const { exitCode, stdout, stderr } = await runInProcess(['assets', ...argv, ...home], folder);
  return { exitCode, stdout, stderr };
};

interface Plan {
  readonly steps: {
    readonly key: string;
    readonly partition: string | null;
    readonly action: string;
    readonly reasons: string[];
  }[];
}
const planOf = async (...argv: string[]): Promise<Plan['steps']> =>
  (JSON.parse((await ask('plan', '--json', ...argv)).stdout) as Plan).steps;

/** Status by asset, as the titles of the SVG's boxes have it. */
async function drawnStatuses(): Promise<Record<string, string>> {
  const { stdout } = await ask('graph', '--format', 'svg');
  return Object.fromEntries(
    [...stdout.matchAll(/<title>([^:]+): ([^<]+)<\/title>/g)].map(([, key = '', status = '']) => [
      key,
      status,
    ]),
  );
}

test.each([
  [['plan', '--select', 'group:'], 'SELECTION_INVALID', 'at 7: expected a value of group'],
  [['plan', '--select', 'nowhere'], 'NOTHING_SELECTED', 'matches no asset'],
  [['plan', '--partitions', '1999'], 'PARTITIONS_INVALID', 'no selected asset has such a partition'],
  [['plan', '--config', '{"targt": 3}'], 'REQUEST_INVALID', 'targt'],
  [['plan', '--config', '3'], 'REQUEST_INVALID', 'must be a JSON object'],
  [['history', '--limit', '0'], 'REQUEST_INVALID', '--limit'],
  [['status', 'int_pay_year', '--select', '*'], 'REQUEST_INVALID', 'beside the selection int_pay_year'],
])('%j is refused', async (argv, code, problem) => {
  const { exitCode, stderr } = await ask(...argv);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(code);
  expect(stderr).toContain(problem);
});

test('the graph is planned, made whole, and a second run has nothing to do and says so', async () => {
  const first = await planOf();
  expect(first.every(({ action, reasons }) => action === 'run' && reasons[0] === 'never made')).toBe(true);

  const made = await startMeritloop(['assets', 'materialize', '--json', ...home]).finished;
  expect(JSON.parse(made.stdout)).toMatchObject({
    status: 'succeeded',
    ran: first.length,
    reused: 0,
    failed: 0,
  });
  const again = await planOf();
  expect(again).toHaveLength(first.length);
  expect(
    again.filter(({ action, reasons }) => action !== 'reuse' || reasons[0] !== 'nothing changed'),
  ).toEqual([]);

  const other = await planOf('--select', 'group:optimization', '--config', '{"target": 3}');
  expect(other.map(({ key, action, reasons }) => [key, action, reasons])).toEqual([
    ['compensation_optimization_loop', 'run', ['config changed']],
    ['optimization_results_summary', 'run', ['input compensation_optimization_loop runs']],
  ]);
  expect((await ask('list', '--select', 'status:healthy and kind:workflow')).stdout).toContain('2 assets');
  expect((await ask('status', '--select', 'int_pay_year')).stdout).toMatch(/int_pay_year\[2027\] +healthy/);
  expect((await ask('history', 'optimization_results_summary')).stdout).toContain('materialization');
  const checks = await ask('check', '--select', 'compensation_optimization_loop');
  expect(checks.stdout).toContain('validate_optimization_convergence');
  expect(checks.stdout).toContain('2 evaluations, 0 not passed');

  // A lever of 2027: what depends on it is stale in the picture, what does not is as it was.
  expect(await drawnStatuses()).toMatchObject({ int_pay_year: 'healthy', stg_census: 'healthy' });
  const move = ['levers', 'set', '--years', '2027', 'cola_rate=.03', '--reason', 'x', ...home.slice(0, 2)];
  expect(await runInProcess(move, folder)).toMatchObject({ exitCode: 0 });
  expect(await drawnStatuses()).toMatchObject({ int_pay_year: 'healthy, stale', stg_census: 'healthy' });
});

test('drawings and launch configurations', async () => {
  expect((await ask('graph', '--select', '1+int_pay_year')).stdout).toMatch(
    /^ *int_pay_year \[.*\] <- .*int_raise_rates/m,
  );
  expect((await ask('graph', '--format', 'mermaid')).stdout).toContain('subgraph g0 ["inputs"]');
  const drawn = await ask('graph', '--format', 'svg', '--out', 'graph.svg');
  expect(drawn.stdout).toContain(path.join(folder, 'graph.svg'));
  expect(await readFile(path.join(folder, 'graph.svg'), 'utf8')).toMatch(
    /^<svg [\s\S]*int_pay_year[\s\S]*<\/svg>\n$/,
  );
  const launch = JSON.parse(
    (await ask('launch-config', '--json', '--partitions', '2027..')).stdout,
  ) as object;
  expect(launch).toMatchObject({
    type: 'materializeAssets',
    input: { select: '*', partitions: '2027..', force: false },
  });
});
