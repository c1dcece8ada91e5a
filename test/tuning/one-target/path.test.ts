/** What each strategy moves first. */
import { pathTo } from '../../../src/tuning/one-target/path.js';
import { orderedProblem, type TunableLever } from '../../../src/tuning/problem.js';
import { sampleLevers, sampleProblem } from '../sample-company.js';

/** Rows with today's value and the value at `t` on the way to the high corner. */
function moved(levers: TunableLever[], strategy: 'balanced' | 'conservative' | 'aggressive', t: number) {
  const problem = orderedProblem(sampleProblem({ levers, strategy }));
  const values = pathTo(problem, 'high', 1).valuesAt(t);
  return problem.levers.map((lever, row) => ({
    ...lever,
    after: values[row]!,
    delta: values[row]! - lever.value,
  }));
}

const ofParameter = <Row extends { parameter_name: string }>(rows: Row[], name: string): Row[] =>
  rows.filter((row) => row.parameter_name === name);

test('balanced uses the same share of every row’s room', () => {
  for (const { value, high, after } of moved(sampleLevers(), 'balanced', 0.25)) {
    expect(after).toBeCloseTo(value + 0.25 * (high - value), 6);
  }
});

test('aggressive brings cola to its bound before merit moves, and merit before hire pay', () => {
  const early = moved(sampleLevers(), 'aggressive', 0.3);
  expect(ofParameter(early, 'merit_base').every((row) => row.delta === 0)).toBe(true);
  const late = moved(sampleLevers(), 'aggressive', 0.6);
  expect(ofParameter(late, 'cola_rate').every((row) => row.after === row.high)).toBe(true);
  expect(ofParameter(late, 'merit_base').every((row) => row.delta > 0)).toBe(true);
  expect(ofParameter(late, 'new_hire_salary_adjustment').every((row) => row.delta === 0)).toBe(true);
});

test('conservative changes each row by λ·step²·sensitivity up to its room', () => {
  const rows = ofParameter(moved(sampleLevers(), 'conservative', 0.2), 'merit_base');
  const lambda = rows[0]!.delta / (rows[0]!.step ** 2 * rows[0]!.sensitivity);
  for (const { delta, step, sensitivity } of rows)
    expect(delta).toBeCloseTo(lambda * step ** 2 * sensitivity, 5);
});

test('conservative makes the same predicted growth with a smaller weighted change than the others', () => {
  const weight = (strategy: 'balanced' | 'conservative' | 'aggressive'): number =>
    moved(sampleLevers(), strategy, 0.4).reduce((total, { delta, step }) => total + (delta / step) ** 2, 0);
  expect(weight('conservative')).toBeLessThan(weight('balanced'));
  expect(weight('conservative')).toBeLessThan(weight('aggressive'));
});

test.each(['conservative', 'aggressive'] as const)(
  '%s leaves rows without effect where they are',
  (strategy) => {
    const levers = sampleLevers().map((lever) =>
      lever.parameter_name === 'new_hire_salary_adjustment' ? { ...lever, sensitivity: 0 } : lever,
    );
    const rows = ofParameter(moved(levers, strategy, 0.9), 'new_hire_salary_adjustment');
    expect(rows.every((row) => row.delta === 0)).toBe(true);
  },
);

test('unequal cola rows of a year move by equal shares of their own room to a common corner', () => {
  const levers = sampleLevers(['cola_rate']).map((lever) => ({ ...lever, value: lever.job_level / 100 }));
  for (const { value, high, after } of moved(levers, 'conservative', 0.5)) {
    expect((after - value) / (high - value)).toBeCloseTo(0.5, 3);
  }
});

test('final-year mode shifts a lever by one amount in all years, though early years work against it', () => {
  const levers = sampleLevers(['merit_base']).map((lever) => ({
    ...lever,
    sensitivity: lever.fiscal_year === 2029 ? 5 : -0.2,
  }));
  const problem = orderedProblem(
    sampleProblem({ levers, strategy: 'conservative', target_mode: 'final-year' }),
  );
  const values = pathTo(problem, 'high', 1).valuesAt(0.5);
  problem.levers.forEach(({ value, job_level }, row) => {
    const sameLevel = problem.levers.findIndex((other) => other.job_level === job_level);
    expect(values[row]! - value).toBeGreaterThan(0);
    expect(values[row]).toBe(values[sameLevel]);
  });
});
