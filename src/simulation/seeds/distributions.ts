/** Rules of shares and bands: what the months of raises, the hires' levels and ages, and the hazards must be. */
import { checkSeed, type SeedRow } from './seed-table.js';

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
const MONTHS = upTo(12);
const SUM_TOLERANCE = 0.001;

/** @throws MeritloopError FILE_MISSING, COLUMN_MISSING, ROW_INVALID naming file, line, column and value */
/** @param levels how many there are */
export async function checkDistributions(seedsDir: string, levels: number): Promise<void> {
  await checkShares(seedsDir, 'config_raise_months.csv', 'month', [1, 12], MONTHS);
  await checkShares(seedsDir, 'config_hire_levels.csv', 'level_id', [1, levels], upTo(levels));
  await checkShares(seedsDir, 'config_hire_ages.csv', 'age', [16, 80], []);
}

/** @throws MeritloopError as {@link checkDistributions} */
export async function checkBands(seedsDir: string, levels: number): Promise<void> {
  await checkBandFile(seedsDir, 'config_termination_hazard.csv', ['base', 'level', 'age', 'tenure'], levels);
  await checkBandFile(seedsDir, 'config_promotion_shape.csv', ['age', 'tenure'], levels);
}

/** Shares may be raw, but divided by their sum they must be a distribution over distinct values. */
function checkShares(
  seedsDir: string,
  file: string,
  column: string,
  [low, high]: readonly [number, number],
  required: readonly number[],
): Promise<void> {
  return checkSeed(seedsDir, file, [column, 'share'], (rows, refuse) => {
    const values = rows.map((row) => row.whole(column, low, high));
    const shares = rows.map((row) => row.number('share', 0, 1_000_000));
    refuseRepeats(rows, column, values);
    for (const missing of required.filter((value) => !values.includes(value)))
      refuse({ line: 1, field: column, value: String(missing), rule: 'has no row' });
    const sum = shares.reduce((total, share) => total + share, 0);
    // Divided by a sum of nearly nothing the rest is noise.
    const normalised = shares.reduce((total, share) => total + share / sum, 0);
    if (!shares.some(Number.isNaN) && !(Math.abs(normalised - 1) <= SUM_TOLERANCE))
      refuse({ line: 1, field: 'share', value: `sum ${sum}`, rule: 'must sum to 1 when divided by the sum' });
  });
}

/**
 * A band reaches from its lower bound to the next one, so gaps and overlaps show as a late first bound, a bound
 * twice, or bounds out of order.
 */
function checkBandFile(
  seedsDir: string,
  file: string,
  dimensions: readonly string[],
  levels: number,
): Promise<void> {
  return checkSeed(seedsDir, file, ['dimension', 'lower_bound', 'factor'], (rows, refuse) => {
    for (const row of rows) {
      row.number('factor', 0, 1000);
      if (!dimensions.includes(row.text('dimension')))
        row.refuse('dimension', `must be one of ${dimensions.join(', ')}`);
    }
    for (const dimension of dimensions) {
      const bands = rows.filter((row) => row.text('dimension') === dimension);
      const bounds = bands.map((row) => row.whole('lower_bound', 0, 150));
      const first = dimension === 'level' ? 1 : 0;
      if (bounds[0] !== first && !Number.isNaN(bounds[0])) {
        const value = bounds[0] === undefined ? 'none' : String(bounds[0]);
        refuse({
          line: bands[0]?.line ?? 1,
          field: 'lower_bound',
          value,
          rule: `the first band of ${dimension} must begin at ${first}: below it is a gap`,
        });
      }
      for (const [index, band] of bands.entries()) {
        const previous = bounds[index - 1];
        if (previous === undefined) continue;
        const bound = bounds[index] ?? Number.NaN;
        if (dimension === 'base') band.refuse('dimension', 'base stands once');
        else if (bound <= previous)
          band.refuse('lower_bound', `overlaps: must be above ${previous}, the ${dimension} band before it`);
        else if (dimension === 'level' && bound !== previous + 1)
          band.refuse('lower_bound', `gap: must be ${previous + 1}, one row for each level`);
      }
      if (dimension === 'level' && bands.length !== levels)
        refuse({
          line: 1,
          field: 'level',
          value: `${bands.length} rows`,
          rule: `must have one row for each level, 1–${levels}`,
        });
    }
  });
}

function refuseRepeats(rows: readonly SeedRow[], column: string, values: readonly number[]): void {
  for (const [index, row] of rows.entries()) {
    const first = values.indexOf(values[index] ?? Number.NaN);
    if (first >= 0 && first < index) row.refuse(column, `is also on line ${rows[first]?.line}`);
  }
}
