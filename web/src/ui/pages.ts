/** Which pages of the rows are needed for those that are drawn. Pure. */

export const PAGE = 500;

/** Pages of the rows from `first` to `last`; the first page is there anyway. */
export function neededPages(first: number, last: number): number[] {
  const from = Math.max(1, Math.floor(first / PAGE));
  const to = Math.floor(last / PAGE);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
