/** A run's progress as live lines, and as one line per news for a plain log. */
import type { RunProgress } from '../../runs/optimization.contract.js';
import type { ProgressState } from '../progress.js';
import { digitsFor, duration, percent, points } from '../render/number.js';

/** What is known beside the workflow's own progress. */
export interface RunDetail {
  /** The simulated year and dbt model at work, where a worker told. */
  readonly at: string | undefined;
  /** Seconds still to go, from the seconds of the trials so far. */
  readonly expected: number | undefined;
}

const PHASES: Readonly<Record<RunProgress['phase'], string>> = {
  validating: 'checking the request',
  baseline: 'simulating the baseline',
  bounds: 'simulating both ends of the bounds',
  iterating: 'trying levers',
  evaluating: 'judging the levers on unseen seeds',
  saving: 'saving',
  waiting_for_approval: 'waiting for approval',
  paused: 'paused',
  done: 'done',
};

const SIMULATING: readonly RunProgress['phase'][] = ['baseline', 'bounds', 'iterating'];

export function runProgressState(progress: RunProgress, { at, expected }: RunDetail): ProgressState {
  const { phase, run_id, iteration, max_iterations, seeds, growth, gap, tolerance, target_growth } = progress;
  const digits = digitsFor(tolerance > 0 ? tolerance : 0.1);
  const step = phase === 'iterating' ? `iteration ${iteration} of at most ${max_iterations}` : PHASES[phase];
  const at_seed = seeds == null ? '' : `seed ${seeds.done} of ${seeds.total}`;
  const state =
    growth === null || gap === null ? '' : `growth ${percent(growth, digits)}, gap ${points(gap, digits)}`;
  const goal = phase === 'validating' ? '' : `target ${percent(target_growth, digits)}`;
  const hint = phase === 'waiting_for_approval' ? [`decide: meritloop runs approve ${run_id} --by WHO`] : [];
  const history = progress.history.map(
    (trial) =>
      `  ${trial.label.padEnd(12)} growth ${percent(trial.growth, digits)}  gap ${points(trial.gap, digits)}`,
  );
  const news = [...progress.history].at(-1);
  const latest = news
    ? `${news.label}: growth ${percent(news.growth, digits)}, gap ${points(news.gap, digits)}`
    : '';
  return {
    lines: [
      ...history,
      [`run ${run_id}`, step, at_seed, goal, state].filter((part) => part !== '').join(' · '),
      ...(at === undefined ? [] : [`at ${at}`]),
      ...hint,
      ...(expected === undefined || !SIMULATING.includes(phase)
        ? []
        : [`expected: about ${duration(expected)} more`]),
    ],
    news: [step, latest, ...hint].filter((part) => part !== '').join(' · '),
  };
}
