/** Rows of the result queries as the API shows them. */
import type { withheldSummary } from '../../simulation/results/withheld.js';
import type { SimulationSummary } from '../../simulation/simulation.contract.js';
import { own } from '../../shared/own.terms.js';

type Row = Readonly<Record<string, unknown>>;

const count = (row: Row, column: string): number => Number(own(row, column) ?? 0);

export const bridgeYears = (rows: readonly Row[], { years }: SimulationSummary) =>
  rows.map((row) => {
    const year = count(row, 'simulation_year');
    const opening = count(row, 'opening');
    const hires = count(row, 'hires');
    const experienced_terminations = count(row, 'experienced_terminations');
    const new_hire_terminations = count(row, 'new_hire_terminations');
    const closing = count(row, 'closing');
    const summed = years.find((other) => other.year === year);
    return {
      year,
      opening,
      hires,
      experienced_terminations,
      new_hire_terminations,
      closing,
      difference: opening + hires - experienced_terminations - new_hire_terminations - closing,
      promotions: summed?.promotions ?? 0,
      raises: summed?.raises ?? 0,
    };
  });

/** Each part of growth, and what it is in USD of mean pay; null where it is withheld. */
export function payBridgeYears({ baseline, years }: ReturnType<typeof withheldSummary>) {
  return years.map(({ year, mean_pay, growth, decomposition }, index) => {
    const opening = (index === 0 ? baseline : years[index - 1])?.mean_pay ?? null;
    const ends = { year, opening_mean_pay: opening, closing_mean_pay: mean_pay, growth };
    if (decomposition === null || growth === null || opening === null)
      return { ...ends, parts: null, parts_pay: null, difference: null };
    const { raises, promotions, hires, leavers } = decomposition;
    const pay = (part: number): number => (part / 100) * opening;
    return {
      ...ends,
      parts: decomposition,
      parts_pay: {
        raises: pay(raises),
        promotions: pay(promotions),
        hires: pay(hires),
        leavers: pay(leavers),
      },
      difference: growth - raises - promotions - hires - leavers,
    };
  });
}

export const distributionLevels = (quantiles: readonly Row[], histogram: readonly Row[], bins: number) =>
  quantiles.map((row) => {
    const level = count(row, 'level_id');
    const [p10 = 0, p25 = 0, median = 0, p75 = 0, p90 = 0] = (row['quantiles'] as number[]).map(Number);
    const [min, max] = [count(row, 'min'), count(row, 'max')];
    const counted = new Map(
      histogram
        .filter((found) => count(found, 'level_id') === level)
        .map((found) => [count(found, 'bin'), count(found, 'headcount')]),
    );
    const width = (max - min) / bins;
    return {
      level,
      headcount: count(row, 'headcount'),
      min,
      p10,
      p25,
      median,
      p75,
      p90,
      max,
      mean: count(row, 'mean'),
      why_hidden: null,
      bins: Array.from({ length: bins }, (_, bin) => ({
        from: min + bin * width,
        to: bin === bins - 1 ? max : min + (bin + 1) * width,
        headcount: counted.get(bin) ?? 0,
      })),
    };
  });
