/** Writes the marts as Parquet files with one global order each, so that equal inputs give equal bytes. */
import path from 'node:path';
import { literal, type Database } from './database.js';
import type { Plan } from './plan.js';

/** Fixed, because the writer's default may change with the release, and with it the bytes. */
const ROW_GROUP_SIZE = 122_880;

/** @returns rows by file. */
export async function exportTables(
  plan: Plan,
  database: Database,
  folder: string,
): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const model of plan.models) {
    if (model.fileOrder === null) continue;
    const file = `${model.name}.parquet`;
    const [copied] = await database.rows(
      `copy (from ${model.relation} order by ${model.fileOrder.join(', ')}) to ${literal(path.join(folder, file))}
       (format parquet, compression zstd, row_group_size ${ROW_GROUP_SIZE})`,
    );
    rows[file] = Number(copied?.['Count'] ?? 0);
  }
  return rows;
}
