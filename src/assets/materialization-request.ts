/** Checks a request to make assets. */
import { materializationRequest, type MaterializationRequest } from './materialization.contract.js';
import { brokenRule } from '../shared/contract/rule.contract.js';
import { failure } from '../shared/errors/errors.js';

/** @throws MeritloopError REQUEST_INVALID naming the field */
export function parseMaterialization(input: unknown): MaterializationRequest {
  const parsed = materializationRequest.safeParse(input);
  if (parsed.success) return parsed.data;
  throw failure('REQUEST_INVALID', {
    source: 'request',
    ...brokenRule(materializationRequest, parsed.error, input),
  });
}
