/**
 * Whether two names are one person. What a reader cannot see tells nobody apart: letter case, compatible forms, blanks,
 * control characters and everything that Unicode says may be ignored when shown. Bundle-safe.
 */

/** U+2800 is a picture of nothing, which Unicode counts as a symbol. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Z}\s\u2800]/gu;
/** Between words of a name a plain space is seen. */
const UNSEEN_BUT_SPACE = /(?! )[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Z}\s\u2800]/u;

/** Upper case first: `ß` and `SS`, and both forms of the Greek sigma, then become the same. */
const canonical = (name: string): string =>
  name.normalize('NFKC').replaceAll(UNSEEN, '').toUpperCase().toLowerCase().normalize('NFKC');

export const isSamePerson = (one: string, other: string): boolean => canonical(one) === canonical(other);

/** Nothing that a reader could see. */
export const isNobody = (name: string): boolean => canonical(name) === '';

/** Whether a reader sees every character: a name in a list of users must not look like another one. */
export const isVisible = (name: string): boolean => !isNobody(name) && !UNSEEN_BUT_SPACE.test(name);
