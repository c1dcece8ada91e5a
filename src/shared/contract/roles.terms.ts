/** Who may do what; plain words, so that the page can load them without the schemas. */

/** Each role may do what those before it may. */
export const ROLES = ['viewer', 'analyst', 'approver'] as const;
export type Role = (typeof ROLES)[number];
