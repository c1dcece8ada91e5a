/** The word of who starts a run, or a schedule of runs, that publishes what it finds without asking anybody. */
import { isStartOf } from '../levers/gate.js';
import { isSigned, requestHash, sign, type Signed, type StartWord } from '../levers/signed-word.js';
import type { OptimizationRequestInput } from './request.contract.js';

const UNKNOWN_REQUESTER = 'unknown';

/** Undefined where the request publishes nothing by itself. The caller may use the files of the home, so its word counts. */
export async function signStart(
  home: string,
  request: OptimizationRequestInput,
  { workflow, each }: Pick<StartWord, 'workflow' | 'each'>,
): Promise<Signed<StartWord> | undefined> {
  if (request.apply !== 'on-convergence') return undefined;
  return sign(home, {
    workflow,
    each,
    by: request.requested_by ?? UNKNOWN_REQUESTER,
    scenario: request.scenario ?? 'default',
    request: requestHash(request),
  });
}

interface StartedRun {
  /** As it came, unchecked. */
  readonly request: unknown;
  readonly workflow_id: string;
  readonly scenario: string;
  readonly requested_by: string;
}

/** What a run brought along as its word, where it is the home's and speaks of this run and request; otherwise undefined. */
export async function startWord(
  home: string,
  brought: unknown,
  run: StartedRun,
): Promise<Signed<StartWord> | undefined> {
  if (typeof brought !== 'object' || brought === null) return undefined;
  const { signature, ...word } = brought as Signed<StartWord>;
  if (!(await isSigned(home, word, signature))) return undefined;
  return isStartOf(word, run) && word.request === requestHash(run.request)
    ? { ...word, signature }
    : undefined;
}
