/** The median of many numbers without sorting them all. Pure. */

/** Reorders `values`. NaN of none; the mean of the two in the middle of an even number. */
export function medianOf(values: Float64Array): number {
  const { length } = values;
  if (length === 0) return Number.NaN;
  const middle = Math.floor(length / 2);
  const upper = selectAt(values, middle);
  if (length % 2 === 1) return upper;
  // All before the middle are at most as large.
  let lower = values[0] ?? upper;
  for (let index = 1; index < middle; index += 1) lower = Math.max(lower, values[index] ?? lower);
  return lower + (upper - lower) / 2;
}

/** Puts the value of that rank at its place, none larger before it and none smaller after it (Hoare's selection). */
function selectAt(values: Float64Array, rank: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = pivotOf(values, low, high);
    let [left, right] = [low, high];
    while (left <= right) {
      while ((values[left] as number) < pivot) left += 1;
      while ((values[right] as number) > pivot) right -= 1;
      if (left > right) break;
      const held = values[left] as number;
      values[left] = values[right] as number;
      values[right] = held;
      left += 1;
      right -= 1;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else break;
  }
  return values[rank] as number;
}

/** The middle one of first, middle and last: sorted input is no bad case. */
function pivotOf(values: Float64Array, low: number, high: number): number {
  const [first, middle, last] = [values[low], values[(low + high) >> 1], values[high]] as [
    number,
    number,
    number,
  ];
  return Math.max(Math.min(first, middle), Math.min(Math.max(first, middle), last));
}
