/** The product's tuner for one target, one solver for each strategy and target mode. */
import type { Strategy, TargetMode } from '../../../src/runs/request.contract.js';
import type { TunableLever, TuningProblem } from '../../../src/tuning/problem.js';
import { recordGrowth } from '../../../src/tuning/one-target/record.js';
import { startTuning, type TuningState } from '../../../src/tuning/one-target/state.js';
import { nextStep } from '../../../src/tuning/one-target/step.js';
import { summarise } from '../../../src/tuning/one-target/summary.js';
import { ECHO, keyOf, yearsOf, type Measured } from './company.js';
import type { Asked, Solver, Trial } from './solver.js';

const growthIn = (mode: TargetMode, { growth, growth_by_year }: Measured): number => {
  const last = Object.keys(growth_by_year).toSorted().at(-1)!;
  return mode === 'final-year' ? growth_by_year[last]! : growth;
};

/** The lever as the tuner gets it, with the sensitivity that fits the mode. */
function leverFor(mode: TargetMode, { levers, isMeasured }: Asked): TunableLever[] {
  const years = yearsOf(levers);
  return levers.map(({ effect, ...lever }) => {
    if (!isMeasured) return { ...lever, sensitivity: 0 };
    const index = years.indexOf(lever.fiscal_year);
    const next = years[index + 1];
    const own = String(lever.fiscal_year);
    const by: Record<string, number> = {
      [own]: effect,
      ...(next !== undefined && { [next]: ECHO * effect }),
    };
    if (mode === 'every-year') return { ...lever, sensitivity: effect, sensitivity_by_year: by };
    const total = Object.values(by).reduce((sum, each) => sum + each, 0);
    const sensitivity = mode === 'final-year' ? (by[String(years.at(-1))] ?? 0) : total / years.length;
    return { ...lever, sensitivity };
  });
}

/** Both corners of all levers were simulated, and the target lies beyond everything simulated. */
function isOutside(mode: TargetMode, asked: Asked, trials: readonly Trial[]): boolean {
  const growths = trials.map(({ measured }) => growthIn(mode, measured));
  return (
    hasCorners(asked, trials, () => true) &&
    (asked.target < Math.min(...growths) - asked.tolerance ||
      asked.target > Math.max(...growths) + asked.tolerance)
  );
}

const cornerOf = ({ value, low, high, locked }: TunableLever, side: 'low' | 'high'): number =>
  locked ? value : side === 'low' ? Math.min(value, low) : Math.max(value, high);

function hasCorners(
  { levers }: Asked,
  trials: readonly Trial[],
  counts: (lever: TunableLever) => boolean,
): boolean {
  return (['low', 'high'] as const).every((side) =>
    trials.some((trial) => {
      const values = new Map(trial.levers.map((lever) => [keyOf(lever), lever.value]));
      return levers.filter(counts).every((lever) => values.get(keyOf(lever)) === cornerOf(lever, side) + 0);
    }),
  );
}

/** In some year, with equal levers in all years before, both corners were simulated and the target lies beyond. */
function isOutsideInSomeYear(asked: Asked, trials: readonly Trial[]): boolean {
  return yearsOf(asked.levers).some((year) => {
    const before = ({ levers }: Trial): string =>
      levers
        .filter(({ fiscal_year }) => fiscal_year < year)
        .map((lever) => `${keyOf(lever)} ${lever.value}`)
        .toSorted()
        .join();
    return trials.some((fixed) => {
      const alike = trials.filter((trial) => before(trial) === before(fixed));
      const growths = alike.map(({ measured }) => measured.growth_by_year[String(year)]!);
      return (
        hasCorners(asked, alike, (lever) => lever.fiscal_year === year) &&
        (growths.every((growth) => growth < asked.target - asked.tolerance) ||
          growths.every((growth) => growth > asked.target + asked.tolerance))
      );
    });
  });
}

/** @param box searched beyond the path, with effects that are those of the growth or not */
export const tunerOf = (
  strategy: Strategy,
  mode: TargetMode,
  box?: TuningProblem['box'],
): Solver<TuningState> => ({
  name: `${strategy}, ${mode}${box === undefined ? '' : `, box with ${box.effects} effects`}`,
  most: mode === 'every-year' ? 5 : 4,
  needsEffects: false,
  keepsBounds: true,
  exactness: 0,
  start: (asked, baseline) => {
    const { target, tolerance, max_iterations } = asked;
    const levers = leverFor(mode, asked);
    return startTuning(
      { target, tolerance, max_iterations, strategy, target_mode: mode, ...(box && { box }), levers },
      growthIn(mode, baseline),
      metaOf(baseline),
    );
  },
  next: (state) => {
    const step = nextStep(state);
    return step.kind === 'done' ? null : step.levers;
  },
  record: (state, measured) => {
    const step = nextStep(state);
    if (step.kind === 'done') throw new Error('a measurement came after the tuner was done');
    return recordGrowth(state, step, growthIn(mode, measured), metaOf(measured));
  },
  outcome: (state) => {
    const { verdict, best, iterations } = summarise(state);
    return { verdict, levers: best.levers, iterations: iterations.length };
  },
  distance: ({ target, tolerance }, measured) => {
    if (mode !== 'every-year') return Math.abs(target - growthIn(mode, measured));
    const gaps = Object.values(measured.growth_by_year).map((growth) => Math.abs(target - growth));
    const beyond = gaps.reduce((total, gap) => total + Math.max(0, gap - tolerance), 0);
    return beyond > 0 ? tolerance + beyond : Math.max(...gaps);
  },
  isProvenInfeasible: (asked, trials) =>
    mode === 'every-year' ? isOutsideInSomeYear(asked, trials) : isOutside(mode, asked, trials),
});

const metaOf = ({ growth_by_year }: Measured) => ({ simulation_id: '', growth_by_year, seconds: 0 });
