/** Other solvers on the same simulations: each is asked for places of the levers and told the gaps. */
import type { Strategy } from '../../src/runs/request.contract.js';

/**
 * One number for each figure that must meet the target (one, or one a year): −1 is the low bound, 0 today, 1 the high
 * bound, every lever at the same share of its room. Answers with target minus growth, pp.
 */
export type Ask = (places: readonly number[]) => Promise<number[]>;

export interface RivalTask {
  readonly ask: Ask;
  /** Gaps of today's levers. */
  readonly today: readonly number[];
  readonly strategy: Strategy;
  /** Moves every lever by an amount of its own unit; answers as `ask`. */
  readonly shift: (amounts: readonly number[]) => Promise<number[]>;
}

export type Rival = (task: RivalTask) => Promise<void>;

const clamp = (place: number): number => Math.min(1, Math.max(-1, place));

/** The predecessor's rule: every lever by gap × factor × .8^(k − 1), again and again. */
export const predecessor: Rival = async ({ shift, today, strategy }) => {
  const factor = { conservative: 0.1, balanced: 0.3, aggressive: 0.5 }[strategy];
  let moved = today.map(() => 0);
  let gaps = [...today];
  for (let round = 0; ; round++) {
    moved = moved.map((amount, index) => amount + (gaps[index]! / 100) * factor * 0.8 ** round);
    gaps = await shift(moved);
  }
};

/** The secant rule on each figure by itself, from a first step of a tenth of the way. */
export const secant: Rival = async ({ ask, today }) => {
  let [places, gaps] = [today.map(() => 0), [...today]];
  let next = gaps.map((gap) => Math.sign(gap) * 0.1);
  for (;;) {
    const measured = await ask(next);
    const following = next.map((place, index) => {
      const rise = gaps[index]! - measured[index]!;
      return rise === 0 ? place : clamp(place + (measured[index]! * (place - places[index]!)) / rise);
    });
    [places, gaps, next] = [next, measured, following];
  }
};
