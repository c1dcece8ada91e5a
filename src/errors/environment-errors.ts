/** The error table's faults of the surroundings: exit 6. */
import { environment, type ErrorEntry } from './entry.js';

export const ENVIRONMENT_ERRORS = {
  DBT_MISSING: environment(
    ({ path }: { path: string }) => `dbt is not at ${path}`,
    () => 'Run `npm run check` or any meritloop command in the project to install it again.',
  ),
  DBT_FAILED: environment(
    ({ step, detail }: { step: string; detail: string }) => `dbt ${step} failed: ${detail}`,
    () => 'Run `.venv/bin/dbt debug --project-dir dbt --profiles-dir dbt` to see more.',
  ),
  ENGINE_FAILED: environment(
    ({ engine, step, detail }: { engine: string; step: string; detail: string }) =>
      `the ${engine} engine failed at ${step}: ${detail}`,
    () => 'Run `meritloop doctor`, then the same command again: finished years are kept.',
  ),
  FILE_SYSTEM: environment(
    ({ path, reason }: { path: string; reason: string }) => `${path}: ${reason}`,
    () =>
      'Free disk space or correct the permissions (`meritloop doctor` checks both), or choose another --home.',
    true,
  ),
  SERVER_UNREACHABLE: environment(
    ({ address, detail }: { address: string; detail: string }) =>
      `no Temporal server at ${address}: ${detail}`,
    () => 'Start one with `meritloop server`, or correct TEMPORAL_ADDRESS.',
    true,
  ),
  TEMPORAL_MISSING: environment(
    ({ path }: { path: string }) => `the Temporal server's program is not at ${path}`,
    () =>
      'Run any meritloop command in the project to install it again, or set TEMPORAL_ADDRESS to a server of your own.',
  ),
  SERVER_START_FAILED: environment(
    ({ address, detail }: { address: string; detail: string }) =>
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
