/** Reads the tokens that a server accepts, from a file or an environment variable. */
import { z } from 'zod';
import { isVisible } from '../shared/contract/person.terms.js';
import { parseJsonText } from '../shared/files/json-text.js';
import { role } from './system/system.contract.js';
import { failure } from '../shared/errors/errors.js';
import { sha256, type TokenHolder } from './access.js';

const SHORTEST = 20;

const entry = z
  .strictObject({
    user: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .refine(isVisible, 'must have characters that can be seen, and no others'),
    role,
    token: z.string().min(SHORTEST).max(500).optional(),
    token_sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .refine(
    ({ token, token_sha256 }) => (token === undefined) !== (token_sha256 === undefined),
    'must have either token or token_sha256',
  );

/** @param source names the file or variable in errors, which never show a token. @throws MeritloopError TOKENS_INVALID */
export function parseTokens(text: string, source: string): TokenHolder[] {
  const parsed = z.array(entry).min(1).safeParse(json(text, source));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw failure('TOKENS_INVALID', {
      source,
      reason: `${issue?.path.map(String).join('.') || 'the list'}: ${issue?.message ?? 'is not valid'}`,
    });
  }
  const holders = parsed.data.map(({ user, role: held, token, token_sha256 }) => ({
    user,
    role: held,
    sha256: token === undefined ? Buffer.from(token_sha256 ?? '', 'hex') : sha256(token),
  }));
  const digests = holders.map(({ sha256: digest }) => digest.toString('hex'));
  if (new Set(digests).size < digests.length)
    throw failure('TOKENS_INVALID', { source, reason: 'two entries have the same token' });
  return holders;
}

function json(text: string, source: string): unknown {
  try {
    return parseJsonText(text);
  } catch (error) {
    // The parser's own words would show a piece of the file.
    throw failure('TOKENS_INVALID', { source, reason: 'it is no JSON' }, error);
  }
}
