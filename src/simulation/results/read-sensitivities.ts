/** Reads from a simulated company what its levers' effects are made of. */
import type { LeverRow } from '../../levers/lever.contract.js';
import type { Database } from '../engine/database.js';
import { leverSensitivities, type Exposure } from './sensitivity.js';
import type { LeverSensitivity } from '../simulator.js';
import { GROWTH_ROWS, summarise } from './summary.js';

/** @param levers the resolved levers that the database was simulated with. */
export async function readSensitivities(
  database: Database,
  levers: readonly LeverRow[],
): Promise<LeverSensitivity[]> {
  const rows = await database.rows('from fct_lever_exposure');
  const exposures = rows.map(
    (row) =>
      ({
        ...row,
        exposed_pay: Number(row['exposed_pay']),
        exposed_opening_pay: Number(row['exposed_opening_pay']),
      }) as unknown as Exposure,
  );
  const about = { simulation_id: '', engine: 'plan', employees: 0, seconds: 0 } as const;
  return leverSensitivities(summarise(await database.rows(GROWTH_ROWS), about), levers, exposures);
}
