/** Who asks and what they may do: the one user of a loopback server, or the holder of a token. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Config } from '../config.js';
import type { Mover } from '../levers/move-policy.pure.js';
import { isNobody } from '../shared/contract/person.terms.js';
import { ROLES, type Role } from '../shared/contract/roles.terms.js';
import { failure } from '../shared/errors/errors.js';

export type Caller = Mover;

/** One line of the tokens that the server accepts; of the token itself only the sha256 is kept. */
export interface TokenHolder {
  readonly user: string;
  readonly role: Role;
  readonly sha256: Buffer;
}

export interface Access {
  /** True: every request needs a token. */
  readonly needsToken: boolean;
  /** @param given token of the request; @param named who a loopback request says it is for. @throws TOKEN_MISSING, TOKEN_UNKNOWN */
  identify(given: string | undefined, named: string | undefined): Caller;
}

const LONGEST_NAME = 200;

export const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** Everybody on the machine may do everything, under the system's user name unless the request gives one. */
export const systemAccess = (user: string): Access => ({
  needsToken: false,
  identify(_, named) {
    const given = named?.trim().slice(0, LONGEST_NAME) ?? '';
    if (given !== '' && isNobody(given))
      throw failure('REQUEST_INVALID', {
        source: 'header',
        field: 'Meritloop-User',
        value: given,
        rule: 'must be a name that can be seen',
      });
    return { user: given === '' ? user : given, role: 'approver', authenticated_by: 'system' };
  },
});

export const tokenAccess = (holders: readonly TokenHolder[]): Access => ({
  needsToken: true,
  identify(given) {
    if (given === undefined || given === '') throw failure('TOKEN_MISSING', {});
    const digest = sha256(given);
    // Each is compared in constant time, and none is left out.
    const matching = holders.filter(({ sha256: known }) => timingSafeEqual(known, digest));
    const [holder] = matching;
    if (holder === undefined) throw failure('TOKEN_UNKNOWN', {});
    return { user: holder.user, role: holder.role, authenticated_by: 'token' };
  },
});

/** Fewest people whose pay the caller may see together; whoever may see single rows sees every figure. */
export const smallestCellOf = ({ smallestCell }: Pick<Config, 'smallestCell'>, { role }: Caller): number =>
  role === 'viewer' ? smallestCell : 1;

/** @throws ROLE_MISSING */
export function requireRole({ user, role }: Caller, needed: Role): void {
  if (ROLES.indexOf(role) < ROLES.indexOf(needed)) throw failure('ROLE_MISSING', { user, role, needed });
}
