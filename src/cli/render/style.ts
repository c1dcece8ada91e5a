/** Colours of the terminal; plain text anywhere else. */
import pc from 'picocolors';

export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
}

/** @param colours false where the text goes to a file or a pipe. */
export function createStyle(colours: boolean): Style {
  const { bold, dim, green, red, yellow } = pc.createColors(colours);
  return { bold, dim, good: green, bad: red, warn: yellow };
}

export const PLAIN = createStyle(false);
