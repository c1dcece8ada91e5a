/** Activity `recordMaterialization`: one event per asset and run in the catalog, written once however often it is tried. */
import { createHash } from 'node:crypto';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { activityInfo } from '@temporalio/activity';
import type { ActivityDependencies } from './ports.js';

export interface MaterializationInput {
  readonly asset: string;
  readonly partition: string | null;
  readonly run_id: string;
  readonly metadata: Readonly<Record<string, string | number | boolean | null>>;
}

/** A file under `<home>/catalog/events/`. */
export interface MaterializationEvent extends MaterializationInput {
  readonly kind: 'materialization';
  readonly recorded_at: string;
  readonly workflow_id: string;
}

export const recordMaterialization =
  ({ config }: ActivityDependencies) =>
  async (input: MaterializationInput): Promise<void> => {
    const { workflowExecution, activityId } = activityInfo();
    const { workflowId = '', runId = '' } = workflowExecution ?? {};
    const key = createHash('sha256')
      .update(JSON.stringify([workflowId, runId, activityId]))
      .digest('hex')
      .slice(0, 32);
    const file = path.join(config.home, 'catalog', 'events', `${key}.json`);
    if (await exists(file)) return;
    const event: MaterializationEvent = {
      kind: 'materialization',
      ...input,
      workflow_id: workflowId,
      recorded_at: new Date().toISOString(),
    };
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(`${file}.draft`, `${JSON.stringify(event)}\n`);
    await rename(`${file}.draft`, file);
  };

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
