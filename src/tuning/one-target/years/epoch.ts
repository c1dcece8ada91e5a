/** Every-year mode after a trade: its levers take the place of today's, and only what was simulated since counts. */
import { cornerValue } from '../../knobs.js';
import type { TuningProblem } from '../../problem.js';
import type { Trial, TuningState } from '../state.js';

export interface Epoch {
  /** The problem as if the trade's levers were today's, between the same corners. */
  readonly problem: TuningProblem;
  /** The trade (the baseline where there was none), the bounds, and the candidates since. */
  readonly trials: readonly Trial[];
  readonly trades: number;
}

export function sinceTrade({ problem, trials }: TuningState): Epoch {
  const start = trials.findLastIndex(({ traded }) => traded === true);
  if (start === -1) return { problem, trials, trades: 0 };
  const origin = trials[start]!;
  const bounds = trials.filter(({ role }) => role === 'low' || role === 'high');
  const levers = problem.levers.map((lever, row) => ({
    ...lever,
    value: origin.values[row]!,
    low: cornerValue(lever, 'low'),
    high: cornerValue(lever, 'high'),
  }));
  const since = trials.slice(start + 1).filter(({ role }) => role === 'candidate');
  return {
    problem: { ...problem, levers },
    trials: [origin, ...bounds, ...since],
    trades: trials.filter(({ traded }) => traded === true).length,
  };
}
