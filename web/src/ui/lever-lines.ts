/** Moved levers as lines of a table with a column per year. Pure. */

export interface MovedLever {
  readonly fiscal_year: number;
  readonly job_level: number;
  readonly parameter_name: string;
  readonly before: number;
  readonly after: number;
  readonly bound: 'low' | 'high' | 'locked' | null;
}

export interface Line {
  readonly key: string;
  readonly name: string;
  readonly levels: number[];
  readonly byYear: ReadonlyMap<number, MovedLever>;
}

/** Levels whose levers move alike in every year share a line. */
export function matrixLines(levers: readonly MovedLever[]): Line[] {
  const byLevel = new Map<string, MovedLever[]>();
  for (const lever of levers) {
    const key = `${lever.parameter_name}/${lever.job_level}`;
    byLevel.set(key, [...(byLevel.get(key) ?? []), lever]);
  }
  const lines = new Map<string, Line>();
  for (const moved of byLevel.values()) {
    const [first] = moved;
    if (first === undefined) continue;
    const same = moved
      .map(({ fiscal_year, before, after, bound }) => [fiscal_year, before, after, bound].join())
      .join(';');
    const key = `${first.parameter_name}/${same}`;
    const line = lines.get(key);
    if (line !== undefined) line.levels.push(first.job_level);
    else
      lines.set(key, {
        key,
        name: first.parameter_name,
        levels: [first.job_level],
        byYear: new Map(moved.map((lever) => [lever.fiscal_year, lever])),
      });
  }
  return [...lines.values()].toSorted(
    (left, right) => left.name.localeCompare(right.name) || (left.levels[0] ?? 0) - (right.levels[0] ?? 0),
  );
}
