/** The note of a simulation that went on from years finished before. Free of zod, so that workflows may read it. */

const BEGINNING = 'Finished before and not simulated again';

export const resumedNote = (years: readonly number[]): string =>
  `${BEGINNING}: ${years.join(', ')} (from checkpoints).`;

/** Says the same of several simulations at once; any other note stays as it is. */
export const withoutYears = (note: string): string =>
  note.startsWith(BEGINNING) ? `${BEGINNING}: some years of some seeds (from checkpoints).` : note;
