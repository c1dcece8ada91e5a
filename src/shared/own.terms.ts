/** Looks a word up that somebody else chose: `constructor` and `toString` stand in no record unless it was put there. */

/** What the record itself holds under that word; nothing that every object inherits. */
export const own = <Value>(record: Readonly<Record<string, Value>>, word: string): Value | undefined =>
  Object.hasOwn(record, word) ? record[word] : undefined;
