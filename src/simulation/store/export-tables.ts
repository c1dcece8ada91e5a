/** Writes the marts as Parquet files with one global order each, so that equal inputs give equal bytes. */
import path from 'node:path';
import { allDone } from '../engine/all-done.js';
import { literal, type Database } from '../engine/database.js';
import type { Plan } from '../model/plan.js';

/** Fixed, because the writer's default may change with the release, and with it the bytes. */
const ROW_GROUP_SIZE = 122_880;

/** @returns rows by file. */
export async function exportTables(
  plan: Plan,
  database: Database,
  folder: string,
): Promise<Record<string, number>> {
  const written = plan.models.flatMap(({ name, relation, fileOrder }) => {
    if (fileOrder === null) return [];
    const file = `${name}.parquet`;
    const copied = database.rows(
      `copy (from ${relation} order by ${fileOrder.join(', ')}) to ${literal(path.join(folder, file))}
       (format parquet, compression zstd, row_group_size ${ROW_GROUP_SIZE})`,
    );
    return [copied.then(([row]) => [file, Number(row?.['Count'] ?? 0)] as const)];
  });
  return Object.fromEntries(await allDone(written));
}
