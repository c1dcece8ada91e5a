/** What `simulate`, `optimize` and `levers` do by themselves stands in the catalog as what the graph would have made. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCatalog } from '../../../src/assets/catalog/catalog.js';
import { generateCensus } from '../../../src/census/generate.js';
import { createLogger } from '../../../src/shared/log.js';
import { runInProcess } from '../capture.js';
import { startMeritloop } from '../run-meritloop.js';

let folder: string;
let home: string;
let inputs: string[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-direct-'));
  home = path.join(folder, 'home');
  const census = path.join(folder, 'census.csv');
  await generateCensus({ employees: 200, seed: 1, out: census, baselineDate: '2024-12-31' });
  inputs = ['--home', home, '--census', census];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ask = async <Document>(...argv: string[]): Promise<Document> => {
  const { exitCode, stdout } = await runInProcess([...argv, '--json'], folder);
  expect({ argv, exitCode, stdout }).toEqual({ argv, exitCode: 0, stdout });
  return JSON.parse(stdout) as Document;
};

interface Plan {
  readonly steps: readonly { readonly key: string; readonly action: string; readonly reasons: string[] }[];
}
const due = async (): Promise<string[]> => {
  const { steps } = await ask<Plan>('assets', 'plan', ...inputs);
  return steps.flatMap(({ key, action, reasons }) =>
    action === 'reuse' && reasons.join() === 'nothing changed' ? [] : [`${key} ${action}: ${reasons.join()}`],
  );
};

test('a simulation makes the models, an optimisation the assets of its group: the graph has nothing left to make', async () => {
  const simulated = await startMeritloop(['simulate', '--json', ...inputs]).finished;
  expect(simulated).toMatchObject({ exitCode: 0 });
  expect(await due()).toEqual([
    'compensation_optimization_loop run: never made',
    'optimization_results_summary run: never made',
  ]);

  const tuned = await startMeritloop(['optimize', '--json', '--id', 'direct', ...inputs]).finished;
  expect(JSON.parse(tuned.stdout)).toMatchObject({ status: 'converged', run_id: 'direct' });
  // The report is written again by another workflow: the catalog knows it already.
  expect(await startMeritloop(['runs', 'report', 'direct', '--home', home]).finished).toMatchObject({
    exitCode: 0,
  });
  expect(await due()).toEqual([]);
  const { events } = await ask<{ events: { kind: string; asset: string; check?: string; run: string }[] }>(
    'assets',
    'history',
    '--select',
    'group:optimization',
    ...inputs,
  );
  expect(events.map(({ kind, asset, check, run }) => [run, asset, check ?? kind])).toEqual([
    ['direct', 'optimization_results_summary', 'materialization'],
    ['direct', 'compensation_optimization_loop', 'validate_optimization_results_quality'],
    ['direct', 'compensation_optimization_loop', 'validate_optimization_convergence'],
    ['direct', 'compensation_optimization_loop', 'materialization'],
  ]);
  const { checks } = await ask<{ checks: { check: string; passed: boolean; run: string }[] }>(
    'assets',
    'check',
    '--history',
    '--select',
    'compensation_optimization_loop',
    ...inputs,
  );
  expect(checks.map(({ run, passed }) => [run, passed])).toEqual([
    ['direct', true],
    ['direct', true],
  ]);
  // A default that is spelt out is the same configuration; another target is not.
  const planned = async (config: string) =>
    (
      await ask<Plan>(
        'assets',
        'plan',
        '--select',
        'compensation_optimization_loop',
        '--config',
        config,
        ...inputs,
      )
    ).steps[0];
  expect(await planned('{"target": 2}')).toMatchObject({ action: 'reuse', reasons: ['nothing changed'] });
  expect(await planned('{"target": 3}')).toMatchObject({ action: 'run', reasons: ['config changed'] });
});

test('moved levers stand in the audit log, each once', async () => {
  const move = ['--reason', 'the budget grew', '--by', 'ann', '--home', home];
  await ask('levers', 'set', '--years', '2027', 'merit_base=.041', ...move);
  await ask('levers', 'rollback', ...move);
  const catalog = createCatalog({ home, catalogUrl: undefined }, createLogger({ logLevel: 'silent' }));
  const trail = await catalog.auditTrail({ subject: 'default', limit: 10 });
  await catalog.close();
  expect(trail).toMatchObject([
    { action: 'levers_rolled_back', actor: 'ann', run: null, details: { reason: 'the budget grew' } },
    { action: 'levers_set', actor: 'ann', details: { replaced: trail[0]?.details['lever_set'] } },
  ]);
});
