/** The steps of a simulation, done or foreseen, as rows of models and columns of years. Pure. */
import type { SimulationJob, SimulationPlan } from '../../api/types.js';
import { count } from '../../ui/number.js';

export interface GridCell {
  readonly state: 'done' | 'run' | 'reuse' | 'work';
  readonly text: string;
  readonly title: string;
}

export interface StepGridRow {
  readonly model: string;
  readonly byYear: ReadonlyMap<number, GridCell>;
  /** Time of the steps that ran. */
  readonly seconds: number;
  readonly rows: number;
  /** What a foreseen step reads that differs. */
  readonly because: readonly string[];
}

type AtWork = NonNullable<SimulationJob['at_work']>;
export type DoneStep = NonNullable<AtWork['steps']>[number];

/** `12 ms` below a second. */
export const duration = (seconds: number): string =>
  seconds < 1 ? `${(seconds * 1000).toFixed(0)}\u202fms` : `${seconds.toFixed(1)}\u202fs`;

/** The years of a strip: done, at work and to come. */
export const yearsOf = ({ year, years_done, years_total }: AtWork): number[] =>
  Array.from({ length: years_total }, (_, index) => year - years_done + index);

const doneCell = ({ action, rows, seconds }: DoneStep): GridCell =>
  action === 'reused'
    ? { state: 'reuse', text: '', title: 'reused: its rows were there already' }
    : {
        state: 'done',
        text: duration(seconds),
        title: `run in ${duration(seconds)}, ${count(rows)} rows`,
      };

/** @param working the model at work, and in which year */
export function doneRows(
  steps: readonly DoneStep[],
  working?: Pick<AtWork, 'model' | 'year'>,
): StepGridRow[] {
  const models = [...new Set([...steps.map(({ model }) => model), ...(working ? [working.model] : [])])];
  return models.map((model) => {
    const own = steps.filter((step) => step.model === model);
    const byYear = new Map(own.map((step) => [step.year, doneCell(step)]));
    if (working?.model === model && !byYear.has(working.year))
      byYear.set(working.year, { state: 'work', text: '', title: 'at work' });
    const ran = own.filter(({ action }) => action === 'run');
    return {
      model,
      byYear,
      seconds: ran.reduce((sum, { seconds }) => sum + seconds, 0),
      rows: ran.reduce((sum, { rows }) => sum + (rows ?? 0), 0),
      because: [],
    };
  });
}

export function plannedRows({ steps }: SimulationPlan): StepGridRow[] {
  return [...new Set(steps.map(({ model }) => model))].map((model) => {
    const own = steps.filter((step) => step.model === model);
    return {
      model,
      byYear: new Map(
        own.map(({ year, action, because }): [number, GridCell] => [
          year,
          action === 'reuse'
            ? { state: 'reuse', text: '', title: 'reuse: nothing that it reads differs' }
            : {
                state: 'run',
                text: 'run',
                title: because.length === 0 ? 'run' : `run, because of ${because.join(', ')}`,
              },
        ]),
      ),
      seconds: 0,
      rows: 0,
      because: [
        ...new Set(
          own.flatMap(({ because }) =>
            because.map((what) => what.replace(/ of \d+$/, ' of the year before')),
          ),
        ),
      ],
    };
  });
}

/** Seconds that earlier simulations took, in the middle; null where none was made. */
export function usualSeconds(jobs: readonly SimulationJob[]): number | null {
  const made = jobs
    .flatMap(({ status, reused, seconds }) =>
      status === 'completed' && reused === false && seconds !== null ? [seconds] : [],
    )
    .toSorted((left, right) => left - right);
  return made[Math.floor(made.length / 2)] ?? null;
}

/** Jobs that were started before and are not over. */
export const queuedBefore = (jobs: readonly SimulationJob[], { job_id, started_at }: SimulationJob): number =>
  jobs.filter((job) => job.job_id !== job_id && job.status === 'running' && job.started_at < started_at)
    .length;
