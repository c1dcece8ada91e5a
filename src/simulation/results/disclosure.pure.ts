/**
 * Which sums of pay may be told without telling the pay of a few: a sum is told only where no small group follows from
 * it and from all the others that are told, by adding and subtracting. The same for every question, whatever was asked before.
 */
import { STATUSES, type DetailedStatus } from '../../shared/contract/choices.terms.js';

/** People of one level and status at the end of a year; level 0 where levels are not known. */
export interface CountedCell {
  readonly level: number;
  readonly status: DetailedStatus;
  readonly headcount: number;
}

/** Chosen cells of a year. */
export type Choose = (cell: CountedCell) => boolean;

/** Small groups looked at: beyond that so many cells are small that nothing of the year is told. */
const MOST_SMALL_GROUPS = 20_000;
const ZERO = 1e-9;
const ACTIVES: ReadonlySet<DetailedStatus> = new Set(['continuous_active', 'new_hire_active']);

export class YearDisclosure {
  readonly #cells: readonly CountedCell[];
  readonly #smallest: number;
  readonly #told = new Span();

  /** @param smallest fewest people whose pay may be told together; 1: anybody's may */
  constructor(cells: readonly CountedCell[], smallest: number) {
    this.#cells = cells.filter(({ headcount }) => headcount > 0);
    this.#smallest = smallest;
    if (smallest <= 1) return;
    const small = this.#smallGroups();
    if (small === undefined) return;
    for (const choose of this.#sumsByUse()) {
      const sum = this.#vector(choose);
      if (this.#headcount(choose) < smallest) continue;
      const withIt = this.#told.with(sum);
      if (!small.some((group) => withIt.holds(group))) this.#told.add(sum);
    }
  }

  /** True where the pay of all chosen together may be told; nobody's may. */
  mayTell(choose: Choose): boolean {
    const headcount = this.#headcount(choose);
    if (headcount === 0 || this.#smallest <= 1) return true;
    return headcount >= this.#smallest && this.#told.holds(this.#vector(choose));
  }

  /** What people look at most comes first: it stays, and what would give a small group away beside it is held back. */
  #sumsByUse(): Choose[] {
    const byHeadcount = (chooses: readonly Choose[]): Choose[] =>
      chooses.toSorted((left, right) => this.#headcount(right) - this.#headcount(left));
    const levels = [...new Set(this.#cells.map(({ level }) => level))];
    return [
      isActive,
      ...STATUSES.map(
        (wanted): Choose =>
          ({ status }) =>
            status === wanted,
      ),
      ...byHeadcount(levels.map((wanted) => (cell) => cell.level === wanted && isActive(cell))),
      ...byHeadcount(
        levels.map(
          (wanted) =>
            ({ level }) =>
              level === wanted,
        ),
      ),
      ...byHeadcount(this.#cells.map((wanted) => (cell) => cell === wanted)),
    ];
  }

  /** Every union of cells with fewer people than may be told; undefined where they are too many to look at. */
  #smallGroups(): number[][] | undefined {
    const groups: number[][] = [];
    const grow = (from: number, members: readonly number[], people: number): boolean => {
      for (let index = from; index < this.#cells.length; index += 1) {
        const together = people + (this.#cells[index]?.headcount ?? 0);
        if (together >= this.#smallest) continue;
        const group = [...members, index];
        groups.push(this.#cells.map((_, cell) => (group.includes(cell) ? 1 : 0)));
        if (groups.length > MOST_SMALL_GROUPS || !grow(index + 1, group, together)) return false;
      }
      return true;
    };
    return grow(0, [], 0) ? groups : undefined;
  }

  #headcount(choose: Choose): number {
    return this.#cells.reduce((sum, cell) => sum + (choose(cell) ? cell.headcount : 0), 0);
  }

  #vector(choose: Choose): number[] {
    return this.#cells.map((cell) => (choose(cell) ? 1 : 0));
  }
}

const isActive: Choose = ({ status }) => ACTIVES.has(status);

/** All sums that follow from some, as rows in echelon form. */
class Span {
  readonly #rows: number[][];

  constructor(rows: readonly number[][] = []) {
    this.#rows = [...rows];
  }

  with(sum: readonly number[]): Span {
    const wider = new Span(this.#rows);
    wider.add(sum);
    return wider;
  }

  add(sum: readonly number[]): void {
    const rest = this.#rest(sum);
    const pivot = rest.findIndex((value) => Math.abs(value) > ZERO);
    if (pivot < 0) return;
    const scale = rest[pivot] ?? 1;
    this.#rows.push(rest.map((value) => value / scale));
  }

  holds(sum: readonly number[]): boolean {
    return this.#rest(sum).every((value) => Math.abs(value) <= ZERO);
  }

  /** What of a sum does not follow. Rows are in the order in which they came, each without the pivots before it. */
  #rest(sum: readonly number[]): number[] {
    let rest = [...sum];
    for (const row of this.#rows) {
      const pivot = row.findIndex((value) => Math.abs(value) > ZERO);
      const factor = rest[pivot] ?? 0;
      if (Math.abs(factor) > ZERO) rest = rest.map((value, index) => value - factor * (row[index] ?? 0));
    }
    return rest;
  }
}
