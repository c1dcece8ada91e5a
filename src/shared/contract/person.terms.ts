/** Whether two names are one person: letter case, blanks and invisible characters tell nobody apart. Bundle-safe. */

const canonical = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .toLowerCase();

export const isSamePerson = (one: string, other: string): boolean => canonical(one) === canonical(other);

/** Nothing that a reader could see. */
export const isNobody = (name: string): boolean => canonical(name) === '';
