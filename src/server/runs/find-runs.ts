/** Finds and orders runs. Pure. */
import type { ListedRun } from './runs.contract.js';
import type { RunOrder } from '../../shared/contract/choices.terms.js';
import { own } from '../../shared/own.terms.js';

export interface RunFilter {
  /** Words, `tag:round`, or a parameter and its value: `strategy=balanced`, `target>2`, `seed=42`. */
  readonly find: string;
  readonly status?: string | undefined;
  readonly scenario?: string | undefined;
  /** Undefined: archived or not. */
  readonly archived: boolean | undefined;
}

const CONDITION = /^([a-z_]+)(>=|<=|=|>|<)(.+)$/;
/** Texts are compared as text, numbers as such. */
const COMPARES: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '=': (left, right) => left === right,
  '>': (left, right) => left > right,
  '<': (left, right) => left < right,
  '>=': (left, right) => left >= right,
  '<=': (left, right) => left <= right,
};

/** Every word must fit: stand somewhere in id, scenario, person, state or tags, or hold as a condition. */
export function filterRuns(
  runs: readonly ListedRun[],
  { find, status, scenario, archived }: RunFilter,
): ListedRun[] {
  const words = find
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return runs.filter(
    (run) =>
      (archived === undefined || run.marks.archived === archived) &&
      (scenario === undefined || run.scenario === scenario) &&
      (status === undefined || run.status === status) &&
      words.every((word) => fits(run, word)),
  );
}

function fits(run: ListedRun, word: string): boolean {
  const [, key = '', sign = '', wanted = ''] = CONDITION.exec(word) ?? [];
  if (key !== '') return holds(run, key, sign, wanted);
  const tags = run.marks.tags.map((tag) => `tag:${tag}`);
  const text = [run.run_id, run.scenario, run.requested_by, run.status, ...tags].join(' ').toLowerCase();
  return text.includes(word);
}

function holds(run: ListedRun, key: string, sign: string, wanted: string): boolean {
  const outcome: Readonly<Record<string, unknown>> = { growth: run.final_growth, status: run.status };
  const value = own(outcome, key) ?? own({ ...run.request }, key);
  if (value === undefined || value === null) return false;
  if (typeof value === 'number') return own(COMPARES, sign)?.(value, Number(wanted)) ?? false;
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).toLowerCase();
  return sign === '=' && (Array.isArray(value) ? text.includes(`"${wanted}"`) : text === wanted);
}

/** What needs somebody. */
const TROUBLE = ['failed', 'terminated', 'infeasible', 'not_converged', 'cancelled'];

const gapOf = ({ target_growth, final_growth }: ListedRun): number =>
  target_growth === null || final_growth === null ? Infinity : Math.abs(target_growth - final_growth);

/** Pinned ones stand first in any order; equal ones keep theirs, the newest first. */
export function orderRuns(runs: readonly ListedRun[], order: RunOrder): ListedRun[] {
  const rank = ({ status }: ListedRun): number =>
    TROUBLE.includes(status) ? TROUBLE.indexOf(status) : TROUBLE.length;
  return runs.toSorted((left, right) => {
    const pins = Number(right.marks.pinned) - Number(left.marks.pinned);
    if (pins !== 0 || order === 'newest') return pins;
    if (order === 'failed') return rank(left) - rank(right);
    const [near, far] = [gapOf(left), gapOf(right)];
    return near === far ? 0 : near - far;
  });
}

/** States that occur, those that need somebody first. */
export function statusesOf(runs: readonly ListedRun[]): string[] {
  const first = ['running', 'damaged', 'failed', 'infeasible', 'not_converged'];
  const all = [...new Set(runs.map(({ status }) => status))];
  return [
    ...first.filter((status) => all.includes(status)),
    ...all.filter((status) => !first.includes(status)),
  ];
}
