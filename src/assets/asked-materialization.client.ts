/** Tells a request to make assets from another one of the same id. */
import type { Asked } from '../temporal/start-or-join.js';
import type { MaterializationRequestInput } from './materialization.contract.js';
import { parseMaterialization } from './materialization-request.js';

/** How many batches are made at a time changes nothing about them. */
const APART = ['id', 'parallelism'];

export const askedMaterialization = (id: string, request: MaterializationRequestInput): Asked => ({
  what: 'materialisation',
  id,
  request,
  parsed: parseMaterialization(request),
  parse: parseMaterialization,
  apart: APART,
});
