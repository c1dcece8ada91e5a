/** `runs …`: looks at runs, live or past, and steers them. */
import path from 'node:path';
import { createRunStore, isFailure } from '../../runs/run-store.js';
import type { MeritloopClient, RunHandle } from '../../client/meritloop.js';
import { listStoredRuns, runListingDocument } from '../../runs/list-runs.client.js';
import { failure, MeritloopError } from '../../shared/errors/errors.js';
import { serverStatus } from '../../temporal/embedded-server.js';
import type { CliContext, CommandInput, Handler } from '../context.js';
import { requiredText, wholeNumber } from '../option-values.js';
import { runProgressState } from './render-progress.js';
import { renderRuns } from './render-list.js';
import { followToReport } from './run-optimization.js';
import { showFailure, showResult } from './run-report.js';
import { withClient } from '../session.js';

const DEFAULT_LIMIT = '20';

export const listRuns: Handler = async (context, { options }) => {
  const limit = wholeNumber('--limit', options['limit'] ?? DEFAULT_LIMIT, 1, 1000);
  const { config, output } = context;
  // Without a server nothing moves on, and the home knows all there is: no reason to start one.
  const { embedded, pid } = await serverStatus(config);
  const listed =
    embedded && pid === undefined
      ? await listStoredRuns(createRunStore(config.home))
      : await withClient(context, { worker: false }, (client) => client.listRuns());
  const runs = listed.slice(0, limit);
  output.show({ runs: runs.map(runListingDocument) }, (style) => renderRuns(runs, config.home, style));
  return 0;
};

/** A finished run is shown from the home alone; an open one is asked. */
export const showRun: Handler = async (context, { args }) => {
  const runId = requiredText('<id>', args[0]);
  const runs = createRunStore(context.config.home);
  const [record, ending] = await Promise.all([runs.record(runId), runs.ending(runId)]);
  if (record === undefined || record.finished_at === null || ending === undefined) {
    return withClient(context, { worker: true }, async (client) =>
      showOpen(context, await client.getRun(runId)),
    );
  }
  if (isFailure(ending)) {
    const { code, message, hint, fields } = ending.error;
    const run = { runId, workflowId: ending.workflow_id };
    return showFailure(context, run, new MeritloopError(code, message, hint, fields));
  }
  await showResult(context, ending, { notes: [], url: undefined });
  return 0;
};

interface RunCommand {
  /** True: the command needs the run to answer or to move on. */
  readonly worker: boolean;
  readonly perform: (
    context: CliContext,
    client: MeritloopClient,
    run: RunHandle,
    input: CommandInput,
  ) => Promise<number>;
}

export type RunCommandName =
  | 'watch'
  | 'pause'
  | 'resume'
  | 'stop'
  | 'cancel'
  | 'approve'
  | 'reject'
  | 'delegate'
  | 'report';

export const runCommand =
  (name: RunCommandName): Handler =>
  (context, input) => {
    const { worker, perform } = COMMANDS[name];
    const runId = requiredText('<id>', input.args[0]);
    return withClient(context, { worker }, async (client) =>
      perform(context, client, await client.getRun(runId), input),
    );
  };

const COMMANDS: Readonly<Record<RunCommandName, RunCommand>> = {
  watch: { worker: true, perform: watch },
  pause: {
    worker: false,
    perform: signal((run) => run.pause(), 'asked to pause; the simulation at work is finished first'),
  },
  resume: { worker: false, perform: signal((run) => run.resume(), 'asked to go on') },
  stop: {
    worker: false,
    perform: signal((run) => run.stopAndKeepBest(), 'asked to stop and keep its best levers'),
  },
  cancel: { worker: false, perform: signal((run) => run.cancel(), 'asked to cancel; what it has is kept') },
  approve: { worker: true, perform: decide('approve') },
  reject: { worker: true, perform: decide('reject') },
  delegate: { worker: true, perform: delegate },
  report: { worker: true, perform: report },
};

async function showOpen({ output }: CliContext, run: RunHandle): Promise<number> {
  const progress = await run.progress();
  output.show({ status: 'running', ...progress }, () =>
    runProgressState(progress, { at: undefined, expected: undefined }).lines.join('\n'),
  );
  return 0;
}

/** Ctrl-C leaves the run as it is. */
function watch(context: CliContext, client: MeritloopClient, run: RunHandle): Promise<number> {
  return followToReport(context, client, run, 'leave');
}

function signal(send: (run: RunHandle) => Promise<void>, said: string): RunCommand['perform'] {
  return async ({ output }, client, run) => {
    // Temporal takes a cancellation of a finished run without a word.
    const listed = (await client.listRuns()).find(({ runId }) => runId === run.runId);
    if (listed?.status !== 'running') throw failure('RUN_FINISHED', { run: run.runId });
    await send(run);
    output.show({ run_id: run.runId, asked: true }, () => `Run ${run.runId}: ${said}.`);
    return 0;
  };
}

function decide(verdict: 'approve' | 'reject'): RunCommand['perform'] {
  return async ({ output }, _client, run, { options }) => {
    const by = requiredText('--by', options['by']);
    const { comment } = options;
    const decision = { by, ...(typeof comment === 'string' ? { comment } : {}) };
    const { applied } = await (verdict === 'approve' ? run.approve(decision) : run.reject(decision));
    // The run ends right after the decision; it must not be left half-way when this process ends.
    const { status, recommendations } = await run.result();
    // An approval comes to nothing where somebody has moved the levers meanwhile.
    const moved = recommendations.find(({ code }) => code === 'LEVERS_MOVED');
    const document = { run_id: run.runId, status, applied, ...(moved ? { note: moved.message } : {}) };
    output.show(document, () => `Run ${run.runId}: levers ${applied}. ${moved?.message ?? ''}`.trimEnd());
    return 0;
  };
}

async function delegate(
  { output }: CliContext,
  _client: MeritloopClient,
  run: RunHandle,
  { options }: CommandInput,
): Promise<number> {
  const [by, to] = [requiredText('--by', options['by']), requiredText('--to', options['to'])];
  const { comment } = options;
  const { approvers } = await run.delegate({
    by,
    to,
    ...(typeof comment === 'string' ? { comment } : {}),
  });
  output.show(
    { run_id: run.runId, approvers },
    () => `Run ${run.runId}: may be decided by ${approvers.join(', ')}.`,
  );
  return 0;
}

async function report(context: CliContext, client: MeritloopClient, run: RunHandle): Promise<number> {
  const written = await client.summarize(run.runId);
  const file = path.join(context.config.home, 'runs', run.runId, 'report.md');
  context.output.show({ ...written, file }, () => `Report: ${file}`);
  return 0;
}
