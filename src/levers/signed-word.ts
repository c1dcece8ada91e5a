/** Words of persons that let levers be published, signed with the key of the home: Temporal carries them, and cannot make them. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { homeKey, knownHomeKey } from '../shared/files/home-key.js';

/** A decision on the levers of one run that waits. */
export interface DecisionWord {
  readonly verdict: 'approved' | 'rejected' | 'delegated';
  readonly workflow_id: string;
  /** When the run asked for a decision, ISO 8601: a repeated run of the same id asks anew. */
  readonly asked_at: string;
  /** Fingerprint of the levers that are decided on. */
  readonly lever_set: string;
  readonly by: string;
  readonly comment: string | null;
  /** Who may decide as well; null unless delegated. */
  readonly to: string | null;
}

/** The start of a run, or of a schedule's runs, that may publish what it finds. */
export interface StartWord {
  /** Workflow id of the run; of a schedule what the ids of its runs begin with. */
  readonly workflow: string;
  readonly each: 'run' | 'run-of-schedule';
  readonly by: string;
  readonly scenario: string;
  /** sha256 of the request. */
  readonly request: string;
}

export type Signed<Word> = Word & { readonly signature: string };

/** @param home whose key signs; made when there is none */
export async function sign<Word extends DecisionWord | StartWord>(
  home: string,
  word: Word,
): Promise<Signed<Word>> {
  return { ...word, signature: signatureOf(await homeKey(home), word) };
}

/** Whether the signature is this home's, on exactly this word. */
export async function isSigned(
  home: string,
  word: DecisionWord | StartWord,
  signature: unknown,
): Promise<boolean> {
  const key = await knownHomeKey(home);
  if (key === null || typeof signature !== 'string') return false;
  const [given, right] = [signature, signatureOf(key, word)].map((text) => Buffer.from(text, 'utf8'));
  return given !== undefined && right !== undefined && given.length === right.length
    ? timingSafeEqual(given, right)
    : false;
}

/** Hashes the request as JSON, whatever the order of its keys. */
export const requestHash = (request: unknown): string =>
  createHash('sha256').update(ordered(request)).digest('hex');

/** Each kind of word has its own first entry, so that none can stand for another. */
function signatureOf(key: Buffer, word: DecisionWord | StartWord): string {
  const parts =
    'verdict' in word
      ? [
          'decision',
          word.verdict,
          word.workflow_id,
          word.asked_at,
          word.lever_set,
          word.by,
          word.comment,
          word.to,
        ]
      : ['start', word.each, word.workflow, word.by, word.scenario, word.request];
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex');
}

const ordered = (value: unknown): string =>
  JSON.stringify(value, (_, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : held,
  );
