/** Lever changes put together: those that say the same of several levels or years share a line. Pure. */

export interface LeverStep {
  readonly fiscal_year: number;
  readonly job_level: number;
  readonly parameter_name: string;
  readonly before: number | null;
  readonly after: number | null;
  /** Beside the change: why, or what it met. */
  readonly note?: string;
}

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
