/** No small group's pay follows from what is told, whatever is asked and however the answers are combined. */
import fc from 'fast-check';
import { expect, test } from '@jest/globals';
import { STATUSES } from '../../../src/shared/contract/choices.terms.js';
import { YearDisclosure, type CountedCell } from '../../../src/simulation/results/disclosure.pure.js';

const [STAYERS, HIRES, LEAVERS] = STATUSES;
const cell = (level: number, status: CountedCell['status'], headcount: number): CountedCell => ({
  level,
  status,
  headcount,
});

const everyQuestion = (cells: readonly CountedCell[]) => {
  const levels = [...new Set(cells.map(({ level }) => level))];
  const subsets = <Item>(items: readonly Item[]): Item[][] =>
    items.reduce<Item[][]>((found, item) => [...found, ...found.map((one) => [...one, item])], [[]]).slice(1);
  return subsets(levels).flatMap((some) =>
    subsets(STATUSES).map(
      (statuses) =>
        ({ level, status }: CountedCell) =>
          some.includes(level) && statuses.includes(status),
    ),
  );
};

test('a small cell is held back, and so is a second one from which it would follow', () => {
  const year = new YearDisclosure([cell(1, STAYERS, 90), cell(2, STAYERS, 40), cell(3, STAYERS, 2)], 5);
  const level = (wanted: number) => year.mayTell((one) => one.level === wanted);
  expect(year.mayTell(() => true)).toBe(true);
  expect([1, 2, 3].map(level)).toEqual([true, false, false]);
  // Nor by asking for the others together.
  expect(year.mayTell((one) => one.level !== 3)).toBe(false);
  expect(year.mayTell((one) => one.level !== 1)).toBe(true);
});

test('of statuses as of levels; the total of actives stays', () => {
  const year = new YearDisclosure([cell(1, STAYERS, 90), cell(1, HIRES, 1), cell(1, LEAVERS, 8)], 5);
  const status = (wanted: string) => year.mayTell((one) => one.status === wanted);
  expect([STAYERS, HIRES, LEAVERS].map(status)).toEqual([false, false, true]);
  expect(year.mayTell(({ status: of }) => of !== LEAVERS)).toBe(true);
});

test('where all cells are large everything is told, and with 1 anything', () => {
  const cells = [1, 2, 3].flatMap((level) => STATUSES.map((status) => cell(level, status, 5 + level)));
  for (const [counted, smallest] of [[cells, 5] as const, [[cell(1, STAYERS, 1)], 1] as const])
    for (const choose of everyQuestion(counted))
      expect(new YearDisclosure(counted, smallest).mayTell(choose)).toBe(true);
});

/** Whether a sum is a combination of those that are told: by rank, in another way than the product does. */
function follows(told: readonly (readonly number[])[], wanted: readonly number[]): boolean {
  const rank = (rows: readonly (readonly number[])[]): number => {
    const work = rows.map((row) => [...row]);
    let found = 0;
    for (let column = 0; column < wanted.length; column += 1) {
      const at = work.findIndex((row, index) => index >= found && Math.abs(row[column] ?? 0) > 1e-7);
      if (at < 0) continue;
      [work[found], work[at]] = [work[at] ?? [], work[found] ?? []];
      const pivot = work[found] ?? [];
      for (const [index, row] of work.entries()) {
        if (index === found) continue;
        const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
        work[index] = row.map((value, place) => value - factor * (pivot[place] ?? 0));
      }
      found += 1;
    }
    return found;
  };
  return rank([...told, wanted]) === rank(told);
}

test('no combination of all answers gives the pay of fewer than five', () => {
  const company = fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.array(fc.nat({ max: 12 }), { minLength: 12, maxLength: 12 }))
    .map(([levels, counts]) =>
      STATUSES.flatMap((status, index) =>
        Array.from({ length: levels }, (_, level) => cell(level + 1, status, counts[index * 3 + level] ?? 0)),
      ),
    );
  const check = () =>
    fc.assert(
      fc.property(company, (cells) => {
        const year = new YearDisclosure(cells, 5);
        const people = cells.filter(({ headcount }) => headcount > 0);
        const told = everyQuestion(cells)
          .filter((choose) => year.mayTell(choose))
          .map((choose) => people.map((one) => Number(choose(one))));
        for (let group = 1; group < 2 ** people.length; group += 1) {
          const members = people.map((_, index) => (group >> index) & 1);
          const size = members.reduce(
            (sum, member, index) => sum + member * (people[index]?.headcount ?? 0),
            0,
          );
          if (size < 5 && follows(told, members)) return false;
        }
        return true;
      }),
      { numRuns: 60 },
    );
  expect(check).not.toThrow();
});
