/** Activity `verifyDecision`: whether a decision came through the API or the command line of this home. */
import type { ActivityDependencies } from '../ports.js';
import { isSigned, type DecisionWord, type Signed } from '../levers/signed-word.js';
import { failure } from '../shared/errors/errors.js';

export interface DecisionInput {
  readonly run_id: string;
  readonly word: Signed<DecisionWord>;
}

export const verifyDecision =
  ({ config }: ActivityDependencies) =>
  async ({ run_id, word: { signature, ...word } }: DecisionInput): Promise<void> => {
    if (!(await isSigned(config.home, word, signature))) throw failure('DECISION_UNSIGNED', { run: run_id });
  };
