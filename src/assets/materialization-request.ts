/** Checks a request to make assets. */
import { materializationRequest, type MaterializationRequest } from './materialization.contract.js';
import { parseRequest } from '../shared/parse-request.js';

/** @throws MeritloopError REQUEST_INVALID naming the field */
export const parseMaterialization = (input: unknown): MaterializationRequest =>
  parseRequest(materializationRequest, input);
