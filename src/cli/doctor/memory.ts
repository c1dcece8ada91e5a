/** Check of the memory that is left: DuckDB spills to disk when it runs short, and slows down long before. */
import { bytes } from '../render/number.js';
import { fail, pass, warn, type Finding } from './finding.js';

const CHECK = 'Memory';
/** What a simulation of a million people takes at most. */
const COMFORTABLE = 4 * 1024 ** 3;
const LEAST = 300 * 1024 ** 2;

/** @param available bytes, of the machine and inside the container's limit. */
export function checkMemory(available = process.availableMemory()): Finding {
  const detail = `${bytes(available)} available`;
  const fix = 'Close other programs, or give the container or machine more memory.';
  if (available < LEAST) return fail(CHECK, detail, fix);
  return available < COMFORTABLE
    ? warn(CHECK, `${detail}: little for a million people`, fix)
    : pass(CHECK, detail);
}
