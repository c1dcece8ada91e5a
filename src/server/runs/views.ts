/** Runs as the API shows them: from the home once they have ended, from the run itself while it is open. */
import { createRunStore, isFailure, type RunRecord } from '../../runs/run-store.js';
import type { MeritloopClient, RunHandle } from '../../client/meritloop.js';
import { runListingDocument } from '../../runs/list-runs.client.js';
import type { RunDetails } from './runs.contract.js';
import { RUN_ID } from '../../runs/request.contract.js';
import type { Config } from '../../config.js';
import { failure, type Explanation } from '../../shared/errors/errors.js';
import { temporalPage } from '../system/temporal-page.js';

type Listing = RunDetails['run'];

/** Looks at one run again and again; what does not change is asked for once. */
export class RunWatch {
  readonly #runId: string;
  readonly #client: MeritloopClient;
  readonly #config: Config;
  readonly #runs: ReturnType<typeof createRunStore>;
  #handle: RunHandle | undefined;

  constructor(config: Config, client: MeritloopClient, runId: string) {
    this.#runId = runId;
    this.#client = client;
    this.#config = config;
    this.#runs = createRunStore(config.home);
  }

  /** @throws MeritloopError RUN_UNKNOWN */
  async look(): Promise<RunDetails> {
    const id = this.#runId;
    if (!RUN_ID.test(id)) throw failure('RUN_UNKNOWN', { run: id });
    const [record, ending] = await Promise.all([this.#runs.record(id), this.#runs.ending(id)]);
    if (record?.finished_at != null && ending !== undefined)
      return {
        run: {
          ...ofRecord(record),
          status: ending.status,
          final_growth: isFailure(ending) ? null : ending.final_growth,
        },
        temporal_url: temporalPage(this.#config, this.#client, record.workflow_id),
        request: requestOf(record),
        progress: null,
        at_work: null,
        result: isFailure(ending) ? null : ending,
        error: isFailure(ending) ? explanationOf(ending.error) : null,
      };
    return this.#lookAtOpen(record, ending !== undefined && !isFailure(ending) ? ending : null);
  }

  async #lookAtOpen(record: RunRecord | undefined, pending: RunDetails['result']): Promise<RunDetails> {
    this.#handle ??= await this.#client.getRun(this.#runId);
    const handle = this.#handle;
    const seen = await handle.look();
    const { simulation = null, ...progress } = seen ?? {};
    // A refused request leaves nothing in the home: only its workflow knows.
    const listed =
      record === undefined || seen === undefined || seen.phase === 'done'
        ? (await this.#client.listRuns()).find(({ runId }) => runId === this.#runId)
        : undefined;
    if (listed === undefined && record === undefined) throw failure('RUN_UNKNOWN', { run: this.#runId });
    const run = listed === undefined ? ofRecord(record as RunRecord) : runListingDocument(listed);
    return {
      run,
      temporal_url: handle.url ?? null,
      request: record === undefined ? null : requestOf(record),
      progress: seen === undefined ? null : (progress as RunDetails['progress']),
      at_work: simulation,
      result: pending,
      error: run.status === 'failed' ? await reasonOf(handle) : null,
    };
  }
}

export const isRunOver = ({ run }: RunDetails): boolean => run.status !== 'running';

const ofRecord = ({ run_id, workflow_id, started_at, finished_at, spec }: RunRecord): Listing => ({
  run_id,
  workflow_id,
  status: 'running',
  scenario: spec?.scenario ?? null,
  requested_by: spec?.requested_by ?? null,
  started_at,
  finished_at,
  target_growth: spec?.target ?? null,
  final_growth: null,
});

/** Null until it is checked. */
export const requestOf = ({ spec }: RunRecord): Record<string, unknown> | null =>
  spec === null ? null : { ...spec };

async function reasonOf(handle: RunHandle): Promise<RunDetails['error']> {
  try {
    await handle.result();
    return null;
  } catch (error) {
    return explanationOf(error as Explanation);
  }
}

export const explanationOf = ({
  code,
  message,
  hint,
  fields,
}: Explanation): NonNullable<RunDetails['error']> => ({
  code,
  message,
  hint,
  fields: Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, isList(value) ? [...value] : value]),
  ),
});

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);
