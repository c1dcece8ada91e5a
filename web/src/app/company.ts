/**
 * Whose plan the page shows: the company of the link that it was opened with. It is fixed until the page is loaded anew,
 * so that nothing of one company can stand under the name of another.
 */

/** Names that are none are left to the API, which refuses them by name. */
const asked = new URLSearchParams(globalThis.location?.search ?? '').get('company');

/** Undefined: the company that the server was started for. */
export const company: string | undefined = asked === null || asked === '' ? undefined : asked;

/** An address of the API, about this company. */
export const ofCompany = (path: string): string =>
  company === undefined || !path.startsWith('/api/')
    ? path
    : `${path}${path.includes('?') ? '&' : '?'}company=${encodeURIComponent(company)}`;

/** Opens the page anew for another company, at the same place and without what was chosen of this one. */
export const openCompany = (name: string): void =>
  globalThis.location.assign(`${globalThis.location.pathname}?company=${encodeURIComponent(name)}`);
