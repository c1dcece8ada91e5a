/** A request that breaks several rules at once. */
import type { BrokenField } from './common.contract.js';
import { failure, type MeritloopError } from '../shared/errors/errors.js';

export class Refusal extends Error {
  readonly errors: readonly BrokenField[];

  constructor(errors: readonly BrokenField[]) {
    super('the request breaks rules');
    this.name = 'Refusal';
    this.errors = errors;
  }

  /** The first broken rule, as the error table says it. */
  get first(): MeritloopError {
    const [{ where, field, value, rule } = { where: 'body', field: '', value: '', rule: 'must be valid' }] =
      this.errors;
    return failure('REQUEST_INVALID', { source: where, field, value, rule });
  }
}

/** One field of a body that is refused. */
export const refusedField = (field: string, value: string, rule: string): Refusal =>
  new Refusal([{ where: 'body', field, value, rule, line: null }]);
