/** The folder of each run, `<home>/runs/<run_id>/`: who owns it, the tuner's states, the result and the report. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { optimizationResult, type OptimizationResult } from './optimization.contract.js';
import { failure, type Explanation } from '../shared/errors/errors.js';
import { createWhole, readText, writeWhole } from '../shared/files/durable.js';
import { withLock } from '../shared/files/exclusive-lock.js';
import { inspectFolder, SEAL_FILE, writeSeal } from '../shared/files/sealed-folder.js';
import { setAside } from '../shared/files/set-aside.js';
import { damagedFile, parseStored, withSeal } from '../shared/files/stored-json.js';
import type { TunerState } from '../tuning/tuner.js';
import { createFolderIndex, textNow } from '../shared/files/folder-index.js';
import type { RunSpec } from './run-spec.js';

/** `run.json`. */
export interface RunRecord {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly started_at: string;
  /** Null while the run is open. */
  readonly finished_at: string | null;
  readonly spec: RunSpec | null;
  /** The request as it came; absent where none was accepted, and in homes of before. */
  readonly asked?: unknown;
  readonly seconds_by_stage: Readonly<Record<string, number>>;
  /** How it ended, so that a list of runs need not read their results. */
  readonly ended?: RunEnd;
}

export interface RunEnd {
  readonly status: RunEnding['status'];
  /** Percent; null where there is no result. */
  readonly final_growth: number | null;
}

/** What lists of runs show. */
export interface RunBrief {
  readonly record: RunRecord;
  readonly ended: RunEnd | null;
  /** Text of `marks.json`. */
  readonly marks: string | null;
}

/** Stands in `result.json` where a run ended without a result: why, and what it had found by then. */
export interface RunFailure extends Partial<OptimizationResult> {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly requested_by: string;
  readonly status: 'failed' | 'cancelled';
  readonly error: Explanation;
}

export type RunEnding = OptimizationResult | RunFailure;
export const isFailure = (ending: RunEnding): ending is RunFailure => 'error' in ending;

/** The workflow that a run's name was given to; until the run begins nothing else says so. */
const NAME_FILE = 'name';

export type RunStore = ReturnType<typeof createRunStore>;

export function createRunStore(home: string) {
  const root = path.join(home, 'runs');
  const fileOf = (runId: string, ...parts: string[]): string => path.join(root, runId, ...parts);
  const endOf = (ending: RunEnding): RunEnd => ({
    status: ending.status,
    final_growth: isFailure(ending) ? null : ending.final_growth,
  });
  const index = createFolderIndex(root, (runId): RunBrief | undefined => {
    const record = parsed(fileOf(runId, 'run.json'), textNow(fileOf(runId, 'run.json')), asRecord);
    if (record === undefined) return undefined;
    const marks = textNow(fileOf(runId, 'marks.json')) ?? null;
    if (record.finished_at === null) return { record, ended: null, marks };
    const resultFile = fileOf(runId, 'result.json');
    const ending = record.ended ? undefined : parsed(resultFile, textNow(resultFile), asEnding);
    return { record, marks, ended: record.ended ?? (ending === undefined ? null : endOf(ending)) };
  });

  return {
    fileOf,

    /**
     * Runs `start` for a workflow that shall have this run's name, while nobody else starts one of that name.
     * @param isKnown whether Temporal knows a workflow: a name that was given to one which never began is free
     * @returns undefined where the name belongs to another workflow
     */
    async underName<Started>(
      { run_id, workflow_id }: Pick<RunRecord, 'run_id' | 'workflow_id'>,
      isKnown: (workflowId: string) => Promise<boolean>,
      start: () => Promise<Started>,
    ): Promise<Started | undefined> {
      const file = fileOf(run_id, NAME_FILE);
      return withLock(`${file}.lock`, async () => {
        const record = await readJson(fileOf(run_id, 'run.json'), asRecord);
        const named = record?.workflow_id ?? (await readText(file));
        if (named !== null && named !== workflow_id && (record !== undefined || (await isKnown(named))))
          return undefined;
        if (named !== workflow_id) await writeWhole(file, workflow_id);
        return start();
      });
    },

    /**
     * Takes the run's folder for a workflow. A repeated run of the same workflow puts its earlier result aside.
     * @throws MeritloopError RUN_NAME_TAKEN when the run belongs to another workflow
     */
    async claim(record: RunRecord): Promise<void> {
      const file = fileOf(record.run_id, 'run.json');
      if (await createWhole(file, jsonText(withSeal(record)))) return;
      const owner = await readJson(file, asRecord);
      if (owner?.workflow_id !== record.workflow_id)
        throw failure('RUN_NAME_TAKEN', { run: record.run_id, workflow: owner?.workflow_id ?? 'unknown' });
      if (owner.started_at !== record.started_at) await putAside(fileOf(record.run_id), owner.started_at);
      await writeJson(file, withSeal(record));
    },

    record: (runId: string): Promise<RunRecord | undefined> => readJson(fileOf(runId, 'run.json'), asRecord),

    /** Names the state by its content: storing the same one twice changes nothing. */
    async saveState(runId: string, state: TunerState): Promise<string> {
      const reference = referenceOf(state);
      await writeJson(fileOf(runId, 'tuning', `${reference}.json`), state);
      return reference;
    },

    async loadState(runId: string, reference: string): Promise<TunerState> {
      const file = fileOf(runId, 'tuning', `${reference}.json`);
      const state = await readJson(file, (value) => value as TunerState);
      if (state === undefined) throw failure('FILE_MISSING', { source: 'tuning state', path: file });
      if (referenceOf(state) !== reference) throw damagedFile(file, 'it is not what its name says', null);
      return state;
    },

    async finish(record: RunRecord, ending: RunEnding): Promise<void> {
      await resealed(fileOf(record.run_id), () => writeJson(fileOf(record.run_id, 'result.json'), ending));
      await writeJson(fileOf(record.run_id, 'run.json'), withSeal({ ...record, ended: endOf(ending) }));
    },

    async ending(runId: string): Promise<RunEnding | undefined> {
      const { damage } = await inspectFolder(fileOf(runId), undefined, (name) => name === RESULT);
      if (damage !== undefined) throw damagedFile(damage.path, damage.detail, null);
      return readJson(fileOf(runId, 'result.json'), asEnding);
    },

    /**
     * A report as it was written; one that is damaged is put aside, since the result has all that it says.
     * @returns null where there is none, or none any more
     */
    async report(runId: string, name: ReportFile): Promise<string | null> {
      const file = fileOf(runId, name);
      const { damage } = await inspectFolder(fileOf(runId), undefined, (listed) => listed === name);
      if (damage?.path === file) await setAside(home, file);
      return readText(file);
    },

    /** What of a report is not as it was written: it is made again when it is asked for. */
    damagedReport: async (runId: string) =>
      (await inspectFolder(fileOf(runId), undefined, (name) => name !== RESULT)).damage,

    /** A finished run of before there were seals, or of a process that was killed between two writes. */
    isUnsealed: async (runId: string): Promise<boolean> =>
      existsSync(fileOf(runId, RESULT)) && !(await inspectFolder(fileOf(runId))).sealed,

    seal: (runId: string): Promise<void> => resealed(fileOf(runId), async () => {}),

    writeReport: async (runId: string, report: unknown, markdown: string): Promise<void> => {
      await resealed(fileOf(runId), async () => {
        await writeJson(fileOf(runId, 'report.json'), report);
        await writeWhole(fileOf(runId, 'report.md'), markdown);
      });
    },

    /**
     * Every run that has a folder, the latest start first: for who must miss none.
     * @throws MeritloopError STORED_FILE_DAMAGED
     */
    async list(): Promise<RunRecord[]> {
      const [damaged] = await index.damaged();
      if (damaged !== undefined) throw damaged.error;
      return (await index.briefs())
        .map(({ record }) => record)
        .toSorted((left, right) => (left.started_at < right.started_at ? 1 : -1));
    },

    /** The same with what a list of them shows, in no order; without those that cannot be read. */
    briefs: index.briefs,
    damaged: index.damaged,
  };
}

async function putAside(folder: string, startedAt: string): Promise<void> {
  const stamp = startedAt.replaceAll(/[^0-9TZ]/g, '');
  await rm(path.join(folder, SEAL_FILE), { force: true });
  for (const name of SEALED) {
    const { name: stem, ext } = path.parse(name);
    try {
      await rename(path.join(folder, name), path.join(folder, `${stem}-${stamp}${ext}`));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** What a run leaves; its own record is sealed in itself, because it changes while the run goes on. */
const RESULT = 'result.json';
const REPORTS = ['report.json', 'report.md'] as const;
export type ReportFile = (typeof REPORTS)[number];
const SEALED = [RESULT, ...REPORTS];

/** Between the two the folder has no seal: a process killed there leaves one that is not known to be whole, not a false alarm. */
async function resealed(folder: string, write: () => Promise<void>): Promise<void> {
  await rm(path.join(folder, SEAL_FILE), { force: true });
  await write();
  await writeSeal(
    path.join(folder, SEAL_FILE),
    SEALED.filter((name) => existsSync(path.join(folder, name))),
  );
}

const referenceOf = (state: TunerState): string =>
  createHash('sha256').update(JSON.stringify(state)).digest('hex').slice(0, 32);

const recordKeys = z.looseObject({
  run_id: z.string(),
  workflow_id: z.string(),
  started_at: z.string(),
  finished_at: z.string().nullable(),
});
/** Written by this store alone; its keys tell a record from something else. */
const asRecord = (value: unknown): RunRecord => recordKeys.parse(value) as unknown as RunRecord;

const failedEnding = z.looseObject({ run_id: z.string(), error: z.looseObject({ code: z.string() }) });
const asEnding = (value: unknown): RunEnding =>
  typeof value === 'object' && value !== null && 'error' in value
    ? (failedEnding.parse(value) as unknown as RunFailure)
    : optimizationResult.parse(value);

const parsed = <T>(file: string, text: string | undefined, parse: (value: unknown) => T): T | undefined =>
  text === undefined ? undefined : parseStored(file, text, parse);

const readJson = async <T>(file: string, parse: (value: unknown) => T): Promise<T | undefined> =>
  parsed(file, (await readText(file)) ?? undefined, parse);

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const writeJson = (file: string, value: unknown): Promise<void> => writeWhole(file, jsonText(value));
