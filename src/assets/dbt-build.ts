/** A computation that lets dbt build the models, seeds and snapshots that are due, and run their tests. Any dbt project. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { failure } from '../shared/errors/errors.js';
import type { PlannedStep } from './graph/plan.js';
import type { CheckOutcome, Compute, StepOutcome } from './host.js';
import { own } from '../shared/own.terms.js';

export interface DbtProject {
  /** dbt's executable. */
  readonly dbt: string;
  readonly project: string;
  readonly profiles: string;
  /** Folder for dbt's own files, one subfolder for each call. */
  readonly targets: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface RunResult {
  readonly unique_id: string;
  readonly status: string;
  readonly execution_time: number;
  readonly message: string | null;
  readonly failures: number | null;
  readonly adapter_response?: { readonly rows_affected?: number };
}

const MADE: ReadonlySet<string> = new Set(['success', 'no-op', 'partial success']);
/** dbt gets so long to end its statement before it is killed. */
const KILL_AFTER_MS = 8000;

/**
 * Keys are the names of dbt's nodes. Each node is recorded with its tests; a retry builds those that are left.
 * @throws MeritloopError ASSETS_NOT_MADE naming the nodes that failed, with dbt's message
 */
export const dbtBuild =
  (project: DbtProject): Compute =>
  async ({ steps, signal, onProgress, record }) => {
    const target = path.join(project.targets, `dbt-${randomUUID()}`);
    await mkdir(target, { recursive: true });
    try {
      onProgress(`dbt builds ${steps.length} nodes`);
      const output = await build(project, target, steps, signal);
      const results = await readResults(target);
      if (results === undefined)
        throw failure('ASSETS_NOT_MADE', { assets: steps.map(({ id }) => id), detail: lastLines(output) });
      const tests = await testsByNode(target, results);
      const byName = new Map(results.map((result) => [nameOf(result.unique_id), result]));
      await record(steps.flatMap((step) => outcomeOf(step, byName.get(step.key), tests)));
      const broken = steps.filter(({ key }) => ['error', 'fail'].includes(byName.get(key)?.status ?? ''));
      if (broken.length > 0)
        throw failure('ASSETS_NOT_MADE', {
          assets: broken.map(({ id }) => id),
          detail: broken.map(({ key }) => byName.get(key)?.message ?? 'no message').join('; '),
        });
    } finally {
      await rm(target, { recursive: true, force: true });
    }
  };

async function build(
  { dbt, project, profiles, env = {} }: DbtProject,
  target: string,
  steps: readonly PlannedStep[],
  signal: AbortSignal,
): Promise<string> {
  const { all, isCanceled } = await execa(
    dbt,
    [
      'build',
      '--project-dir',
      project,
      '--profiles-dir',
      profiles,
      '--target-path',
      target,
      '--log-path',
      target,
      '--select',
      ...new Set(steps.map(({ key }) => key)),
      // A test of several models runs when all of them are there.
      '--indirect-selection',
      'buildable',
    ],
    {
      reject: false,
      all: true,
      cancelSignal: signal,
      forceKillAfterDelay: KILL_AFTER_MS,
      env: { ...env, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false', NO_COLOR: '1' },
    },
  );
  if (isCanceled) throw signal.reason;
  return all;
}

async function readResults(target: string): Promise<RunResult[] | undefined> {
  const text = await readFile(path.join(target, 'run_results.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as { results: RunResult[] }).results;
}

/** Results of tests with the names of their checks. */
async function testsByNode(target: string, results: readonly RunResult[]): Promise<Map<string, RunResult>> {
  const { nodes } = JSON.parse(await readFile(path.join(target, 'manifest.json'), 'utf8')) as {
    nodes: Record<string, { readonly name: string }>;
  };
  const tests = results.filter(({ unique_id }) => unique_id.startsWith('test.'));
  return new Map(tests.map((result) => [own(nodes, result.unique_id)?.name ?? result.unique_id, result]));
}

const nameOf = (uniqueId: string): string =>
  uniqueId.startsWith('test.') ? '' : (uniqueId.split('.').at(-1) ?? '');

function outcomeOf(
  step: PlannedStep,
  result: RunResult | undefined,
  tests: ReadonlyMap<string, RunResult>,
): StepOutcome[] {
  if (result === undefined || !MADE.has(result.status)) return [];
  const rows = result.adapter_response?.rows_affected;
  return [
    {
      step: step.id,
      seconds: result.execution_time,
      metadata: rows === undefined || rows < 0 ? {} : { rows: { kind: 'integer', value: rows } },
      checks: [...tests].flatMap(([name, test]): CheckOutcome[] =>
        test.status === 'skipped'
          ? []
          : [
              {
                name,
                passed: test.status === 'pass',
                seconds: test.execution_time,
                metadata:
                  test.failures === null ? {} : { violations: { kind: 'integer', value: test.failures } },
              },
            ],
      ),
    },
  ];
}

const lastLines = (output: string): string => output.trim().split('\n').slice(-5).join(' ');
