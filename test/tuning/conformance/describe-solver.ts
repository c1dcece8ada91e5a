/** The conformance suite that every solver passes, whatever its strategy, target mode or number of targets. */
import fc from 'fast-check';
import { BASELINE_GROWTH, companyOf, keyOf, noise, REACHABLE, type Shape } from './company.js';
import { effectiveLevers, someLevers } from './levers.js';
import { solve, type Asked, type Solver } from './solver.js';

const asked = (change: Partial<Asked> = {}): Asked => ({
  levers: effectiveLevers(),
  target: 2,
  tolerance: 0.1,
  max_iterations: 10,
  isMeasured: true,
  ...change,
});

const CASES = Object.entries<Shape>(REACHABLE).flatMap(([name, shape]) =>
  [2, 5, 8].map((target) => ({ name, shape, target })),
);

const shapes = fc.oneof(
  fc.double({ min: -0.02, max: 0.02, noNaN: true }).map(
    (bend): Shape =>
      (x) =>
        x + bend * x ** 2,
  ),
  fc.constantFrom<Shape>(
    (x) => 2 * Math.tanh(x),
    (x) => Math.round(x * 4) / 4,
    (x) => x + (x === 0 ? 0 : 0.3 * Math.sin(x * 900)),
    (x) => x + (x === 0 ? 0 : noise(x)),
    () => 0,
    (x) => -x,
    (x) => Math.abs(x),
  ),
);

const problems: fc.Arbitrary<Asked> = fc.record({
  levers: someLevers,
  target: fc.double({ min: 1, max: 7, noNaN: true }),
  tolerance: fc.constantFrom(0.001, 0.01, 0.1),
  max_iterations: fc.integer({ min: 1, max: 20 }),
  isMeasured: fc.boolean(),
});

export function describeSolver<State>(solver: Solver<State>): void {
  const law = (check: (given: Asked, shape: Shape) => void, shape = shapes): void =>
    fc.assert(
      fc.property(problems, shape, (given, drawn) =>
        check({ ...given, isMeasured: given.isMeasured || solver.needsEffects }, drawn),
      ),
      { numRuns: 30, ...(solver.seed !== undefined && { seed: solver.seed }) },
    );
  const run = (given: Asked, shape: Shape) => solve(solver, given, companyOf(given.levers, shape));
  const outcomeOf = (given: Asked, shape: Shape) => solver.outcome(run(given, shape).state);

  describe(solver.name, () => {
    test.each(CASES)('reaches $target % on a $name response', ({ shape, target }) => {
      const given = asked({ target });
      const { verdict, levers, iterations } = outcomeOf(given, shape);
      expect(verdict).toBe('converged');
      expect(solver.distance(given, companyOf(given.levers, shape)(levers))).toBeLessThanOrEqual(0.1);
      expect(iterations).toBeLessThanOrEqual(solver.most);
    });

    test.each([
      { name: 'above', target: 30 },
      { name: 'below', target: -20 },
    ])('calls a target $name the range infeasible, with the corner as closest levers', ({ target }) => {
      const side = target > 0 ? 'high' : 'low';
      const { verdict, levers } = outcomeOf(asked({ target }), REACHABLE.linear);
      expect(verdict).toBe('infeasible');
      const company = companyOf(effectiveLevers(), REACHABLE.linear);
      const corner = effectiveLevers().map((lever) => ({ ...lever, value: lever[side] }));
      const nearest = solver.distance(asked({ target }), company(corner));
      const kept = solver.distance(asked({ target }), company(levers));
      expect(kept - nearest).toBeLessThanOrEqual(solver.exactness);
    });

    test('finds a solution that is the bound itself', () => {
      const levers = effectiveLevers();
      const highest = levers.map((lever) => ({ ...lever, value: lever.high }));
      const company = companyOf(levers, REACHABLE.linear);
      // Years differ at the corner: only the one-year company has one figure for every mode.
      const first = levers.filter(({ fiscal_year }) => fiscal_year === 2025);
      const target = company(highest).growth_by_year['2025']!;
      expect(outcomeOf(asked({ levers: first, target, tolerance: 0.001 }), REACHABLE.linear)).toMatchObject({
        verdict: 'converged',
      });
    });

    test('keeps today’s levers on a flat response, and calls it infeasible', () => {
      const { verdict, levers } = outcomeOf(asked(), () => 0);
      expect(verdict).toBe('infeasible');
      const today = new Map(effectiveLevers().map((lever) => [keyOf(lever), lever.value]));
      for (const lever of levers) expect(lever.value).toBe(today.get(keyOf(lever)));
    });

    test('moves nothing when today’s levers meet the target', () => {
      const { trials } = run(asked({ target: BASELINE_GROWTH + 0.05 }), REACHABLE.linear);
      const { verdict, levers } = outcomeOf(asked({ target: BASELINE_GROWTH + 0.05 }), REACHABLE.linear);
      expect(verdict).toBe('converged');
      expect(trials.length).toBeLessThanOrEqual(3);
      const today = new Map(effectiveLevers().map((lever) => [keyOf(lever), lever.value]));
      for (const lever of levers) expect(lever.value).toBe(today.get(keyOf(lever)));
    });

    test('cannot move when every row is locked', () => {
      const levers = effectiveLevers().map((lever) => ({ ...lever, locked: true }));
      expect(outcomeOf(asked({ levers }), REACHABLE.linear).verdict).toBe('infeasible');
    });

    test('tunes with one free lever in each year', () => {
      const free = (name: string, level: number): boolean => name === 'merit_base' && level === 1;
      const levers = effectiveLevers().map((lever) => ({
        ...lever,
        locked: !free(lever.parameter_name, lever.job_level),
      }));
      const given = asked({ levers, target: BASELINE_GROWTH + 0.2, tolerance: 0.001 });
      expect(outcomeOf(given, REACHABLE.linear).verdict).toBe('converged');
    });

    if (!solver.needsEffects) {
      test('converges though no effect was measured', () => {
        const given = asked({ isMeasured: false });
        expect(outcomeOf(given, REACHABLE.saturating)).toMatchObject({ verdict: 'converged' });
      });
    }

    test('does not call infeasible what a bound meets, though the effect is told the wrong way round', () => {
      const levers = effectiveLevers(['new_hire_salary_adjustment'])
        .slice(0, 1)
        .map((lever) => ({ ...lever, value: lever.low, effect: 3 }));
      const against: Shape = (x) => -x;
      const corner = levers.map((lever) => ({ ...lever, value: lever.high }));
      const target = companyOf(levers, against)(corner).growth;
      const { state, trials } = run(asked({ levers, target, max_iterations: 1 }), against);
      expect(solver.isProvenInfeasible(asked({ target }), trials)).toBe(false);
      expect(solver.outcome(state).verdict).not.toBe('infeasible');
    });

    test('gives up where growth jumps over the target, and keeps the nearer side', () => {
      const jump: Shape = (x) => (x < -1 ? -2.8 : 0.2);
      const given = asked({ max_iterations: 50 });
      const { state, trials } = run(given, jump);
      const { verdict, levers } = solver.outcome(state);
      expect(verdict).toBe('not_converged');
      const closest = Math.min(...trials.map(({ measured }) => solver.distance(given, measured)));
      expect(solver.distance(given, companyOf(given.levers, jump)(levers))).toBe(closest);
    });

    test('no value leaves its bounds, locked rows never move, and values have six decimals', () => {
      law((given, shape) => {
        const rows = new Map(given.levers.map((lever) => [keyOf(lever), lever]));
        const bad = run(given, shape)
          .trials.slice(1)
          .flatMap(({ levers }) => levers)
          .filter((lever) => {
            const { value, low, high, locked } = rows.get(keyOf(lever))!;
            const [least, most] = locked ? [value, value] : [Math.min(low, value), Math.max(high, value)];
            const isRounded = locked || Number(lever.value.toFixed(6)) === lever.value;
            return lever.value < least || lever.value > most || !isRounded;
          });
        expect(bad).toEqual([]);
      });
    });

    test('every simulation asks for every row, and never twice for the same levers but at the bounds', () => {
      law((given, shape) => {
        const { trials } = run(given, shape);
        expect(trials.filter(({ levers }) => levers.length !== given.levers.length)).toEqual([]);
        const candidates = trials.slice(3).map(({ levers }) => JSON.stringify(levers));
        expect(new Set(candidates).size).toBe(candidates.length);
      });
    });

    test('what is kept is a simulated trial, and none before it was closer', () => {
      law((given, shape) => {
        const company = companyOf(given.levers, shape);
        solve(solver, given, company, (state, trials) => {
          const kept = solver.distance(given, company(solver.outcome(state).levers));
          const eligible = solver.keepsBounds ? trials : trials.filter((_, at) => at === 0 || at > 2);
          const distances = eligible.map(({ measured }) => solver.distance(given, measured));
          expect(kept).toBe(distances[0]! <= given.tolerance ? distances[0] : Math.min(...distances));
          return state;
        });
      });
    });

    test('the verdict is what the simulations show, inside the iterations allowed', () => {
      law((given, shape) => {
        const { state, trials } = run(given, shape);
        const { verdict, levers, iterations } = solver.outcome(state);
        const kept = companyOf(given.levers, shape)(levers);
        expect(verdict === 'converged').toBe(solver.distance(given, kept) <= given.tolerance);
        expect(verdict !== 'infeasible' || solver.isProvenInfeasible(given, trials)).toBe(true);
        expect(iterations).toBeLessThanOrEqual(given.max_iterations);
      });
    });

    test('the order of the rows changes nothing', () => {
      law((given, shape) => {
        const company = companyOf(given.levers, shape);
        const reversed = solve(solver, { ...given, levers: given.levers.toReversed() }, company);
        const once = solve(solver, given, company);
        expect(solver.outcome(reversed.state)).toEqual(solver.outcome(once.state));
        expect(reversed.trials.slice(1)).toEqual(once.trials.slice(1));
      });
    });

    test('the units of the levers change nothing', () => {
      const bends = fc.double({ min: -0.005, max: 0.005, noNaN: true }).map(
        (bend): Shape =>
          (x) =>
            x + bend * x ** 2,
      );
      law((given, shape) => {
        const coarse = { ...given, tolerance: 0.1 };
        const inPercent = coarse.levers.map((lever) => ({
          ...lever,
          value: Number((lever.value * 100).toFixed(4)),
          low: lever.low * 100,
          high: lever.high * 100,
          step: lever.step * 100,
          effect: lever.effect / 100,
        }));
        const once = run(coarse, shape);
        const scaled = run({ ...coarse, levers: inPercent }, shape);
        expect(scaled.trials).toHaveLength(once.trials.length);
        expect(solver.outcome(scaled.state).verdict).toBe(solver.outcome(once.state).verdict);
      }, bends);
    });

    test('a state that went through JSON before every step goes on the same; so does a second run', () => {
      law((given, shape) => {
        const company = companyOf(given.levers, shape);
        const once = solve(solver, given, company);
        const throughJson = (state: State): State => JSON.parse(JSON.stringify(state)) as State;
        expect(solve(solver, given, company, throughJson)).toEqual(once);
        expect(solve(solver, given, company)).toEqual(once);
      });
    });

    test('asking again gives the same levers and changes nothing', () => {
      law((given, shape) => {
        solve(solver, given, companyOf(given.levers, shape), (state) => {
          const before = JSON.stringify(state);
          expect(solver.next(state)).toEqual(solver.next(state));
          expect(JSON.stringify(state)).toBe(before);
          return state;
        });
      });
    });
  });
}
