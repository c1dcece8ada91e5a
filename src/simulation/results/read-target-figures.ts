/** Reads from a simulated company the figures that targets name; level figures only where a target needs them. */
import type { LeverRow } from '../../levers/lever.contract.js';
import type { TargetGoal } from '../../targets/targets.contract.js';
import type { Database, Row } from '../engine/database.js';
import type { Exposure } from './sensitivity.js';
import type { TargetMeasurement } from '../simulator.js';
import { GROWTH_ROWS, summarise } from './summary.js';
import { targetMeasurement, type LevelPay, type MedianExposure } from './target-effects.js';

const needsLevels = (metric: string): boolean => /^(level_|median_merit|promotion_)/.test(metric);

/** @param levers the resolved levers that the database was simulated with. */
export async function readTargetFigures(
  database: Database,
  levers: readonly LeverRow[],
  targets: readonly Pick<TargetGoal, 'metric' | 'fiscal_year'>[],
): Promise<TargetMeasurement> {
  const metrics = targets.map(({ metric }) => metric);
  const read = async <Shape>(needed: boolean, model: string): Promise<Shape[]> =>
    needed ? (await database.rows(`from ${model}`)).map((row) => numbers(row) as Shape) : [];
  const [growth, exposures, levels, medians] = await Promise.all([
    database.rows(GROWTH_ROWS),
    read<Exposure>(true, 'fct_lever_exposure'),
    read<LevelPay>(metrics.some(needsLevels), 'int_level_pay'),
    read<MedianExposure>(
      metrics.some((metric) => metric.startsWith('level_')),
      'int_level_median_exposure',
    ),
  ]);
  const about = { simulation_id: '', engine: 'plan', employees: 0, seconds: 0 } as const;
  return targetMeasurement(
    { summary: summarise(growth, about), levers, exposures, levels, medians },
    targets,
  );
}

/** Decimals come as text: every column but the event's type is a number, or null. */
const numbers = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value === null || name === 'event_type' ? value : Number(value),
    ]),
  );
