/** Runs in flight survive a new version: histories recorded with released workflow code replay on today's. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { loadConfig } from '../../src/config.js';
import { bundleWorkflows, startTestServer } from './environment.js';
import { historyOf, readHistory } from './read-history.js';
import { recordHistories } from './record-histories.js';

const FOLDER = path.join(loadConfig({}, {}).projectRoot, 'test', 'workflows', 'histories');

let bundle: WorkflowBundleOption;

beforeAll(async () => {
  const wanted = process.env['MERITLOOP_RECORD_HISTORIES'] ?? '';
  if (wanted !== '') {
    const server = await startTestServer();
    await recordHistories(server, FOLDER, wanted);
    await server.close();
  }
  bundle = await bundleWorkflows();
});

const fileOf = (name: string): string => path.join(FOLDER, `${name}.json`);

const RECORDED = [
  'anew',
  'anew-first',
  'approved',
  'cancelled',
  'converged',
  'expired',
  'failed',
  'grid',
  'grid-anew',
  'grid-anew-first',
  'grid-cancelled',
  'grid-paused',
  'infeasible',
  'materialized',
  'materialized-cancelled',
  'materialized-light',
  'materialized-partly',
  'moved',
  'paused',
  'seeds',
  'signed-decision',
  'signed-start',
  'simulated',
  'stopped',
  'summary',
];

test.each(RECORDED)('the recorded run that was %s replays', async (name) => {
  await expect(
    Worker.runReplayHistory({ workflowBundle: bundle }, await readHistory(fileOf(name))),
  ).resolves.toBeUndefined();
});

test.each([
  ['signed-decision', 'after-approval', 'verifyDecision'],
  ['signed-start', 'on-convergence', 'publishLevers'],
])('%s: levers moved by a word that was signed', async (name, policy, activity) => {
  const text = await readFile(fileOf(name), 'utf8');
  const words = [...text.matchAll(/"data":"([^"]+)"/g)].map(([, data = '']) =>
    Buffer.from(data, 'base64').toString('utf8'),
  );
  expect(words.join('\n')).toMatch(/"signature":"[0-9a-f]{64}"/);
  expect(words.join('\n')).toContain(`"apply":"${policy}"`);
  expect(words.join('\n')).toMatch(
    /"applied":"(now|on convergence|after approval)[^"]*"|"applied":"(?!never)/,
  );
  expect(text).toContain(`"name":"${activity}"`);
});

test('every recorded history is replayed', async () => {
  expect((await readdir(FOLDER)).toSorted()).toEqual(RECORDED.map((name) => `${name}.json`).toSorted());
});

test('a history that today’s code would not make is refused', async () => {
  const renamed = (await readFile(fileOf('infeasible'), 'utf8')).replaceAll(
    'loadSimulationResults',
    'loadSomethingElse',
  );
  await expect(Worker.runReplayHistory({ workflowBundle: bundle }, historyOf(renamed))).rejects.toThrow(
    /loadS/,
  );
});

test('no history holds anything of the machine that recorded it', async () => {
  const { projectRoot } = loadConfig({}, {});
  for (const name of await readdir(FOLDER)) {
    const text = await readFile(path.join(FOLDER, name), 'utf8');
    expect(text).not.toContain(projectRoot);
    expect(Buffer.byteLength(text)).toBeLessThan(300_000);
  }
});
