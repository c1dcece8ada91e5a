/** Which column of a file is which: by its heading, unless somebody said so. */
import type { CensusAnswers } from './answers.contract.js';
import {
  CENSUS_FIELDS,
  HEADINGS,
  NEEDED_FIELDS,
  plainHeading,
  SEGMENT_HEADINGS,
  type CensusField,
} from './headings.terms.js';

export interface ColumnPlan {
  /** Where each field stands in the file, from 0. */
  readonly at: ReadonlyMap<CensusField, number>;
  /** Headings that were recognised, not written as fields are named. */
  readonly guessed: readonly CensusField[];
  readonly missing: readonly CensusField[];
  /** Columns that results may be broken down by. */
  readonly segments: readonly number[];
  /** Columns that nothing is read from. */
  readonly ignored: readonly number[];
}

/** A heading that is one field's own name is never taken for another's. */
const OWN_NAMES: ReadonlySet<string> = new Set(CENSUS_FIELDS);

/**
 * @param names headings in file order
 * @param answers what somebody said; a heading that the file does not have counts as missing
 */
export function planColumns(names: readonly string[], answers: CensusAnswers = {}): ColumnPlan {
  const plain = names.map(plainHeading);
  const at = new Map<CensusField, number>();
  const guessed: CensusField[] = [];
  const taken = new Set<number>();
  const take = (field: CensusField, index: number): void => {
    at.set(field, index);
    taken.add(index);
  };
  const said = answers.map ?? {};
  for (const field of CENSUS_FIELDS) {
    const heading = said[field];
    const index = typeof heading === 'string' ? findHeading(names, plain, heading) : -1;
    if (index >= 0) take(field, index);
  }
  for (const field of CENSUS_FIELDS)
    if (!at.has(field) && said[field] === undefined && names.includes(field))
      take(field, names.indexOf(field));
  for (const field of CENSUS_FIELDS) {
    if (at.has(field) || said[field] !== undefined) continue;
    const heading = HEADINGS[field].find((known) =>
      plain.some((name, index) => name === known && !taken.has(index) && !OWN_NAMES.has(names[index] ?? '')),
    );
    if (heading === undefined) continue;
    take(
      field,
      plain.findIndex((name, index) => name === heading && !taken.has(index)),
    );
    guessed.push(field);
  }
  const segments =
    answers.segments === undefined
      ? names.flatMap((_, index) =>
          !taken.has(index) && SEGMENT_HEADINGS.includes(plain[index] ?? '') ? [index] : [],
        )
      : answers.segments.map((heading) => findHeading(names, plain, heading)).filter((index) => index >= 0);
  return {
    at,
    guessed,
    missing: NEEDED_FIELDS.filter((field) => !at.has(field)),
    segments: segments.slice(0, 8),
    ignored: names.flatMap((_, index) => (taken.has(index) || segments.includes(index) ? [] : [index])),
  };
}

/** As written, else without regard to case, blanks and underscores. */
function findHeading(names: readonly string[], plain: readonly string[], heading: string): number {
  const exact = names.indexOf(heading.trim());
  return exact >= 0 ? exact : plain.indexOf(plainHeading(heading));
}

/** Columns not read so far that could be the missing field, by the letters that they share with its headings. */
export function likelyColumns(
  field: CensusField,
  names: readonly string[],
  free: readonly number[],
): string[] {
  const hints = HINTS[field] ?? [];
  return free
    .map((index) => names[index] ?? '')
    .filter((name) => hints.some((hint) => plainHeading(name).includes(hint)));
}

const HINTS: Readonly<Partial<Record<CensusField, readonly string[]>>> = {
  employee_id: ['id', 'num', 'no', 'code'],
  birth_date: ['birth', 'dob', 'born', 'geb'],
  hire_date: ['hire', 'start', 'join', 'entry', 'eintritt', 'service'],
  annual_salary: ['sal', 'pay', 'wage', 'comp', 'rate', 'gehalt', 'lohn'],
};

/** `employee_id=EmpID,birth_date=DOB`, ready to paste after `--map`. */
export const mapOption = (pairs: readonly (readonly [field: string, heading: string])[]): string => {
  const text = pairs.map(([field, heading]) => `${field}=${heading}`).join(',');
  return `--map ${/[\s"'$&|;<>()]/.test(text) ? `"${text.replaceAll('"', '\\"')}"` : text}`;
};
