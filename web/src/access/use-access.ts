/** Who is signed in and what that role may do. */
import { useQuery } from '@tanstack/react-query';
import { ROLES, type Role } from '../../../src/shared/contract/roles.terms.js';
import { ApiProblem } from '../api/http.js';
import { sessionQuery } from '../api/queries.js';
import type { Session } from '../api/types.js';

const UNAUTHORIZED = 401;

export interface Access {
  readonly session: Session | undefined;
  /** True: nothing is shown before a token is given. */
  readonly needsToken: boolean;
  /** Why the caller may not do what takes that role; undefined: they may, or it is not known yet. */
  refusal(needed: Role): string | undefined;
}

export function useAccess(): Access {
  const { data: session, error } = useQuery(sessionQuery);
  return {
    session,
    needsToken: error instanceof ApiProblem && error.problem.status === UNAUTHORIZED,
    refusal: (needed) =>
      session === undefined || ROLES.indexOf(session.role) >= ROLES.indexOf(needed)
        ? undefined
        : `This takes the role ${needed}; ${session.user} is ${session.role}.`,
  };
}
