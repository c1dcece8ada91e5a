/** What the check of a census found. */
import type { CensusValidation } from '../../census/census.contract.js';
import { count } from '../render/number.js';
import type { Style } from '../render/style.js';

/** Examples shown of each kind of error; the document has more. */
const EXAMPLES = 5;

/** @param baselineDate December 31 before the first plan year. */
export function renderValidation(found: CensusValidation, baselineDate: string, style: Style): string {
  const { source, unit, rows, active, problems, notices, questions } = found;
  const people = `${source}: ${count(rows)} people, ${count(active)} of them active on ${baselineDate}`;
  const faults = problems.length > 0 ? style.bad('not valid') : style.warn('open questions');
  const verdict = problems.length + questions.length === 0 ? style.good('valid') : faults;
  const errors = problems.flatMap((problem) => [
    `${problem.field} ${problem.rule}: ${count(problem.count)} ${problem.count === 1 ? unit : `${unit}s`}`,
    ...problem.examples
      .slice(0, EXAMPLES)
      .map(({ line, value }) => `  ${unit} ${line}: ${problem.field} = ${value}`),
    ...(problem.count > EXAMPLES ? [`  and ${count(problem.count - EXAMPLES)} more`] : []),
  ]);
  const open = questions.flatMap(({ message, option }) => [
    `Question: ${message}`,
    `  answer with ${option}`,
  ]);
  return [
    `${people}: ${verdict}`,
    ...errors,
    ...open,
    ...notices.map((notice) => style.warn(`Note: ${notice}`)),
  ].join('\n');
}
