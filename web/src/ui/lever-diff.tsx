/** Levers before and after, as a table of what changed. */
import { FigureTable } from './figure-table.js';
import { leverChangeText, leverText } from './lever-value.js';
import { PARAMETER_WORDS } from './words.js';
import type { ParameterName } from '../../../src/contract/parameters.js';

export interface LeverStep {
  readonly fiscal_year: number;
  readonly job_level: number;
  readonly parameter_name: string;
  readonly before: number | null;
  readonly after: number | null;
  /** Beside the change: why, or what it met. */
  readonly note?: string;
}

export interface LeverDiffProps {
  readonly label: string;
  readonly steps: readonly LeverStep[];
  readonly heads?: readonly [string, string];
}

export function LeverDiff({ label, steps, heads = ['Before', 'After'] }: LeverDiffProps) {
  const noted = steps.some(({ note }) => note !== undefined && note !== '');
  return (
    <FigureTable
      label={label}
      rows={groupSteps(steps)}
      rowKey={(row) => row.key}
      columns={[
        { head: 'Lever', cell: ({ step }) => parameterWord(step.parameter_name) },
        { head: 'Years', cell: ({ years }) => years },
        { head: 'Level', cell: ({ levels }) => levels },
        { head: heads[0], number: true, cell: ({ step }) => leverText(step.before) },
        { head: heads[1], number: true, cell: ({ step }) => <strong>{leverText(step.after)}</strong> },
        {
          head: 'Change',
          number: true,
          cell: ({ step: { before, after } }) =>
            before === null || after === null ? '–' : leverChangeText(before, after),
        },
        ...(noted
          ? [{ head: 'Note', cell: ({ step }: { readonly step: LeverStep }) => step.note ?? '' }]
          : []),
      ]}
    />
  );
}

export const parameterWord = (name: string): string => PARAMETER_WORDS[name as ParameterName] ?? name;

interface Group {
  readonly key: string;
  readonly step: LeverStep;
  readonly years: string;
  readonly levels: string;
}

/** Steps that say the same of several levels or years share a line. */
export function groupSteps(steps: readonly LeverStep[]): Group[] {
  const byYear = new Map<string, LeverStep[]>();
  for (const step of steps) push(byYear, `${sameness(step)}|${step.job_level}`, step);
  const lines = new Map<string, { step: LeverStep; years: string; levels: number[] }>();
  for (const group of byYear.values()) {
    const [step] = group;
    if (step === undefined) continue;
    const years = ranges(group.map(({ fiscal_year }) => fiscal_year));
    const key = `${sameness(step)}|${years}`;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { step, years, levels: [step.job_level] });
    else line.levels.push(step.job_level);
  }
  return [...lines].map(([key, { step, years, levels }]) => ({ key, step, years, levels: ranges(levels) }));
}

const sameness = ({ parameter_name, before, after, note }: LeverStep): string =>
  [parameter_name, before, after, note ?? ''].join('|');

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}

/** `2025–2027, 2029` of sorted or unsorted numbers. */
export function ranges(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].toSorted((left, right) => left - right);
  const parts: [number, number][] = [];
  for (const number of sorted) {
    const last = parts.at(-1);
    if (last !== undefined && number === last[1] + 1) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}
