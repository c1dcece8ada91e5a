/** A home with many ended runs: copies of a real one under other names, times, targets and endings. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createRunStore, type RunRecord } from '../../src/runs/run-store.js';

const HOUR_MS = 3_600_000;
const ENDINGS = ['converged', 'converged', 'not_converged', 'infeasible'] as const;

/** @param like id of an ended run of the home */
export async function makeRuns(home: string, like: string, count: number): Promise<void> {
  const runs = createRunStore(home);
  const model = await runs.record(like);
  if (model?.spec == null) throw new Error(`${like} is no run of ${home}`);
  for (let index = 0; index < count; index += 1) {
    const id = `made-${String(index).padStart(5, '0')}`;
    const at = new Date(Date.UTC(2024, 0, 1) + index * HOUR_MS).toISOString();
    const record: RunRecord = {
      ...model,
      run_id: id,
      workflow_id: `compensation-optimization/default/${id}`,
      started_at: at,
      finished_at: at,
      spec: { ...model.spec, target: 1 + (index % 30) / 10 },
      ended: { status: ENDINGS[index % ENDINGS.length] ?? 'converged', final_growth: 2 },
    };
    const file = runs.fileOf(id, 'run.json');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(record));
  }
}
