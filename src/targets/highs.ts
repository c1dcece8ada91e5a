/** HiGHS, compiled to WebAssembly, as the function that the tuner of several targets is given. */
import { types } from 'node:util';
import type { SolveLp } from '../tuning/several-targets/linear-program.js';

interface Highs {
  solve(
    problem: string,
    options: Readonly<Record<string, number>>,
  ): {
    readonly Status: string;
    readonly Columns: Readonly<Record<string, { readonly Primal?: number }>>;
  };
}

/**
 * The active set of the quadratic solver can go round in circles for ever, and the call blocks the whole process. With
 * 75 levers it needs 100 to 300 iterations where it ends at all; counted, not timed, so that every machine agrees.
 */
const LIMITS = { qp_iteration_limit: 1000, simplex_iteration_limit: 100_000 } as const;

/** Loads the solver from the package's own file, without a network; takes about 50 ms. */
export async function loadSolver(): Promise<SolveLp> {
  // The package describes its CommonJS build; Node loads the ES module, whose default export is the loader itself.
  const { default: load } = (await import('highs')) as unknown as { readonly default: () => Promise<Highs> };
  const highs = await load();
  return (lpText) => {
    try {
      const { Status, Columns } = highs.solve(lpText, LIMITS);
      const columns = Object.entries(Columns).map(([name, { Primal = 0 }]) => [name, Primal] as const);
      return { status: Status, columns: Object.fromEntries(columns) };
    } catch (error) {
      // A program that the solver gives up on is thrown; the tuner decides what to do without an optimum.
      if (types.isNativeError(error)) return { status: error.message, columns: {} };
      throw error;
    }
  };
}
