/**
 * How low and how high the growth of all years together can go, found without the tuner: linear programs over every
 * lever of every year, each answer simulated, the next one measured there.
 */
import { withValues } from '../../src/levers/update-parameters.activities.js';
import type { LeverValue } from '../../src/runs/optimization.contract.js';
import { roundLever } from '../../src/levers/catalogue.terms.js';
import { minimise, type Constraint, type SolveLp } from '../../src/tuning/several-targets/linear-program.js';
import type { TunableLever } from '../../src/tuning/problem.js';
import { problemOf, PROVENANCE, simulateValues, type CompanyTrials, type Goal } from './trials.js';

/** Targets that no year reaches: the nearest levers to them are the ends of the range. */
const FAR = { low: -50, high: 60 } as const;
const ROUNDS = 12;
/** Simulations whose worst gaps are closer than this, pp, count as equal. */
const SAME = 1e-4;

export interface Nearest {
  /** Largest |target − growth| over the years, pp; simulated. */
  readonly worst: number;
  /** By year, percent. */
  readonly growths: readonly number[];
}

/** The levers whose worst year is nearest to the target. */
export async function nearestTo(
  company: CompanyTrials,
  goal: Goal,
  target: number,
  solve: SolveLp,
): Promise<Nearest> {
  const { levers } = await problemOf(company, goal, {
    target,
    tolerance: 1,
    max_iterations: 1,
    strategy: 'balanced',
  });
  let values: readonly number[] = levers.map(({ value }) => value);
  let best = { worst: Infinity, growths: [] as readonly number[], values };
  let radius = 1;
  for (let round = 0; round < ROUNDS && radius > 0.01; round++) {
    const { growth_by_year } = await simulateValues(company, goal, at(levers, values));
    const growths = Object.keys(growth_by_year)
      .toSorted()
      .map((year) => growth_by_year[year]!);
    const worst = Math.max(...growths.map((growth) => Math.abs(target - growth)));
    if (worst < best.worst - SAME) best = { worst, growths, values };
    else radius /= 3;
    values = await improved(company, goal, { levers, target, radius, ...best }, solve);
  }
  return best;
}

/** Ends of the range of growth that every year can have at the same time, percent. */
export async function jointRange(
  company: CompanyTrials,
  goal: Goal,
  solve: SolveLp,
): Promise<{ low: number; high: number }> {
  const { growths: lowest } = await nearestTo(company, goal, FAR.low, solve);
  const { growths: highest } = await nearestTo(company, goal, FAR.high, solve);
  return { low: Math.max(...lowest), high: Math.min(...highest) };
}

const at = (levers: readonly TunableLever[], values: readonly number[]): LeverValue[] =>
  levers.map(({ fiscal_year, job_level, parameter_name }, row) => ({
    fiscal_year,
    job_level,
    parameter_name,
    value: values[row]!,
  }));

interface From {
  readonly levers: readonly TunableLever[];
  readonly target: number;
  /** Most of its range that a lever may move. */
  readonly radius: number;
  readonly values: readonly number[];
  readonly growths: readonly number[];
}

/** Least worst gap by the effects measured at `values`; variables are shares of each lever's range, then the gap. */
async function improved(
  company: CompanyTrials,
  goal: Goal,
  { levers, target, radius, values, growths }: From,
  solve: SolveLp,
): Promise<number[]> {
  const rows = await company.levers.load(company.spec.levers);
  const changed = withValues(rows, at(levers, values), {
    ...PROVENANCE,
    scenario: company.spec.scenario,
  });
  const spec = { ...company.spec, levers: await company.levers.save(changed) };
  const measured = await problemOf({ ...company, spec }, goal, {
    target,
    tolerance: 1,
    max_iterations: 1,
    strategy: 'balanced',
  });
  const years = [...new Set(levers.map(({ fiscal_year }) => fiscal_year))].toSorted((a, b) => a - b);
  const gap = levers.length;
  const share = (lever: TunableLever, row: number): number =>
    (values[row]! - lever.low) / (lever.high - lever.low);
  const constraints = years.flatMap((year, index): Constraint[] => {
    const effects = measured.levers.map(
      ({ sensitivity_by_year, low, high }) => (sensitivity_by_year?.[String(year)] ?? 0) * (high - low),
    );
    const here = levers.reduce((sum, lever, row) => sum + effects[row]! * share(lever, row), 0);
    const bound = target - growths[index]! + here;
    const terms = effects.map((effect, row): [number, number] => [row, effect]);
    return [
      { terms: new Map([...terms, [gap, 1]]), relation: '>=', bound },
      { terms: new Map([...terms, [gap, -1]]), relation: '<=', bound },
    ];
  });
  const bounds = levers.map((lever, row): [number, number] => [
    Math.max(0, share(lever, row) - radius),
    Math.min(1, share(lever, row) + radius),
  ]);
  const found = minimise(
    {
      bounds: [...bounds, [0, Infinity]],
      constraints: [...constraints, ...equalCola(levers)],
      linear: new Map([[gap, 1]]),
    },
    solve,
  );
  if (found === null) throw new Error(`no linear program for ${target} %`);
  return levers.map(({ low, high }, row) => roundLever(low + found[row]! * (high - low)));
}

/** Cost-of-living is one decision for all levels of a year. */
const equalCola = (levers: readonly TunableLever[]): Constraint[] =>
  levers.flatMap((lever, row): Constraint[] => {
    if (lever.parameter_name !== 'cola_rate') return [];
    const first = levers.findIndex(
      ({ parameter_name, fiscal_year }) =>
        parameter_name === 'cola_rate' && fiscal_year === lever.fiscal_year,
    );
    if (first === row) return [];
    const terms = new Map([
      [row, 1],
      [first, -1],
    ]);
    return [
      { terms, relation: '<=', bound: 0 },
      { terms, relation: '>=', bound: 0 },
    ];
  });
