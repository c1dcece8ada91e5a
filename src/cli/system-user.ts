/** Who sits at the command line, for the record. */
import { userInfo } from 'node:os';

/** Undefined where the system has no name for the user, as in some containers. */
export function systemUser(): string | undefined {
  try {
    return userInfo().username;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SYSTEM_ERROR') return undefined;
    throw error;
  }
}
