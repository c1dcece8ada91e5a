/** The error table's faults of the surroundings: exit 6. */
import { CATALOG_ERRORS } from './catalog-errors.js';
import { environment, type ErrorEntry } from './entry.js';
import { shellWord } from './shell-word.js';

type ModelFault = {
  readonly model: string;
  readonly file: string;
  /** Null where nothing tells. */
  readonly line: number | null;
  /** The line is one of the compiled SQL, in which Jinja is resolved. */
  readonly compiled: boolean;
  readonly detail: string;
};

type TwoFailures = {
  readonly plan_code: string;
  readonly plan: string;
  readonly plan_hint: string;
  readonly dbt_code: string;
  readonly dbt: string;
  readonly dbt_hint: string;
  /** Ready to paste into a shell. */
  readonly commands: readonly string[];
};

export const ENVIRONMENT_ERRORS = {
  DBT_MISSING: environment(
    ({ path }: { path: string }) => `dbt is not at ${path}`,
    () => 'Run `npm run check` or any meritloop command in the project to install it again.',
  ),
  DBT_FAILED: environment(
    ({ step, detail }: { step: string; detail: string }) => `dbt ${step} failed: ${detail}`,
    () => 'Run `.venv/bin/dbt debug --project-dir dbt --profiles-dir dbt` to see more.',
  ),
  DBT_VERSION: environment(
    ({ path, found, wanted }: { path: string; found: string; wanted: string }) =>
      `dbt at ${path} is ${found}; the models need ${wanted}`,
    () => 'Remove the folder .venv in the project and run `npm run check`: it installs the pinned release.',
  ),
  DBT_KILLED: environment(
    ({ step, signal }: { step: string; signal: string }) => `dbt ${step} was killed by ${signal}`,
    ({ signal }) =>
      signal === 'SIGKILL'
        ? 'Unless someone did that, the system did for want of memory (`dmesg | tail` tells): close other programs, then run the same command again. Nothing is half written.'
        : 'Run the same command again: nothing is half written.',
    true,
  ),
  MODEL_INVALID: environment(
    ({ model, file, line, compiled, detail }: ModelFault) =>
      `model ${model} does not compile (${file}${line === null ? '' : `, line ${line}${compiled ? ' of its compiled SQL' : ''}`}): ${detail}`,
    ({ model }) =>
      `Correct it, check it with \`.venv/bin/dbt compile --project-dir dbt --profiles-dir dbt --select ${model}\` and \`meritloop doctor\`, then run the same command again.`,
  ),
  DATABASE_LOCKED: environment(
    ({ path, holder }: { path: string; holder: string; pid: number | null }) =>
      `${path} is held by ${holder}`,
    ({ path, pid }) =>
      pid === null
        ? `Close it there (\`fuser ${shellWord(path)}\` finds the program), then run the same command again.`
        : `Close it there, or end that program with \`kill ${pid}\`, then run the same command again.`,
    true,
  ),
  DISK_FULL: environment(
    ({ path, step, detail }: { path: string; step: string; detail: string }) =>
      `no space left for ${path} (${step}): ${detail}`,
    () =>
      'Free space (`df -h` shows each disk) or choose a --home on another disk, then run the same command again: finished years are kept, nothing is half written.',
    true,
  ),
  OUT_OF_MEMORY: environment(
    ({ step, detail }: { step: string; detail: string }) => `not enough memory (${step}): ${detail}`,
    () =>
      'Close other programs (`free -m` shows what is left; a million people take up to 4 GB), then run the same command again: finished years are kept.',
  ),
  STORED_FILE_DAMAGED: environment(
    ({ path, detail }: { path: string; detail: string; remove: string | null }) =>
      `${path} is damaged: ${detail}`,
    ({ remove }) =>
      remove === null
        ? '`meritloop doctor` looks for it and says how to remove it; then run the same command again.'
        : `Remove it with \`rm -r ${shellWord(remove)}\` and run the same command again: what it held is made again from the inputs.`,
  ),
  TIMED_OUT: environment(
    ({ what, limit }: { what: string; limit: string }) => `${what} was given up: ${limit}`,
    () =>
      'See with `meritloop doctor` whether memory, disk or server is short, then run the same command again: finished years are kept.',
    true,
  ),
  BOTH_ENGINES_FAILED: environment(
    ({ plan_code, plan, dbt_code, dbt }: TwoFailures) =>
      `both engines failed; nothing was stored. Plan engine (${plan_code}): ${plan}. dbt engine (${dbt_code}): ${dbt}`,
    ({ plan_hint, dbt_hint, commands }) =>
      `Plan engine: ${plan_hint} dbt engine: ${dbt_hint} Then check and run each engine by hand:\n    ${commands.join('\n    ')}`,
  ),
  ENGINE_FAILED: environment(
    ({ engine, step, detail }: { engine: string; step: string; detail: string }) =>
      `the ${engine} engine failed at ${step}: ${detail}`,
    () => 'Run `meritloop doctor`, then the same command again: finished years are kept.',
  ),
  FILE_SYSTEM: environment(
    ({ path, reason }: { path: string; reason: string }) => `${path}: ${reason}`,
    () =>
      'Free disk space or correct the permissions (`meritloop doctor` checks both), or choose another --home; for too many open files raise `ulimit -n`.',
    true,
  ),
  ...CATALOG_ERRORS,
  WEBHOOK_FAILED: environment(
    ({ what, address, detail }: { what: string; address: string; detail: string; variable: string }) =>
      `${what} could not be sent to ${address}: ${detail}`,
    ({ variable }) => `Correct ${variable} where the worker runs; the run itself is not affected.`,
    true,
  ),
  WORKER_SILENT: environment(
    ({ run }: { run: string }) => `no worker answered for run ${run}`,
    () => 'Start one with `meritloop worker`, then ask again; the run itself is kept.',
    true,
  ),
  SOURCES_MISSING: environment(
    ({ path }: { path: string }) =>
      `${path} is missing: benchmarks come with the sources, not with the package`,
    () => 'Run the command in a clone of the project, after `npm install`.',
  ),
  SERVER_UNREACHABLE: environment(
    ({ address, detail }: { address: string; detail: string; hung?: boolean }) =>
      `no Temporal server at ${address}: ${detail}`,
    ({ hung }) =>
      hung === true
        ? 'Run `meritloop server stop`, then the same command again: runs are kept. server/server.log in the home folder says more.'
        : 'Start one with `meritloop server`, or correct TEMPORAL_ADDRESS.',
    true,
  ),
  TEMPORAL_MISSING: environment(
    ({ path }: { path: string }) => `the Temporal server's program is not at ${path}`,
    () =>
      'Run any meritloop command in the project to install it again, or set TEMPORAL_ADDRESS to a server of your own.',
  ),
  SERVER_START_FAILED: environment(
    ({ address, detail }: { address: string; detail: string; passes: boolean }) =>
      `the Temporal server at ${address} ended at once: ${detail}`,
    () => 'See server/server.log in the home folder; `meritloop doctor` checks ports, disk and database.',
    true,
  ),
  LOCK_HELD: environment(
    ({ path, holder }: { path: string; holder: string }) => `${path} is held by ${holder}`,
    () => 'Wait until that process has ended, or end it; a dead holder is passed over.',
    true,
  ),
  LEVER_RECORD_DAMAGED: environment(
    ({ path, line, reason }: { path: string; line: number; reason: string }) =>
      `${path} line ${line} is not what meritloop wrote there: ${reason}`,
    () => 'Restore the file from a backup; without current.json the pointer is read from history.ndjson.',
  ),
  SEARCH_ATTRIBUTE_UNUSABLE: environment(
    ({ attribute, detail }: { attribute: string; detail: string }) =>
      `search attribute ${attribute}: ${detail}`,
    () =>
      'Register it with `temporal operator search-attribute create`: MeritloopScenario, MeritloopStatus, AssetKey as Keyword, MeritloopTarget as Double.',
  ),
} satisfies Record<string, ErrorEntry<never>>;
