/** Levers before and after, as a table of what changed. */
import { FigureTable } from './figure-table.js';
import { groupSteps, type LeverStep } from './lever-steps.js';
import { leverChangeText, leverText } from './lever-value.js';
import { PARAMETER_WORDS } from './words.js';
import type { ParameterName } from '../../../src/levers/catalogue.terms.js';

export interface LeverDiffProps {
  readonly label: string;
  readonly steps: readonly LeverStep[];
  readonly heads?: readonly [string, string];
}

export function LeverDiff({ label, steps, heads = ['Before', 'After'] }: LeverDiffProps) {
  const noted = steps.some(({ note }) => note !== undefined && note !== '');
  return (
    <FigureTable
      label={label}
      rows={groupSteps(steps)}
      rowKey={(row) => row.key}
      columns={[
        { head: 'Lever', cell: ({ step }) => parameterWord(step.parameter_name) },
        { head: 'Years', cell: ({ years }) => years },
        { head: 'Level', cell: ({ levels }) => levels },
        { head: heads[0], number: true, cell: ({ step }) => leverText(step.before) },
        { head: heads[1], number: true, cell: ({ step }) => <strong>{leverText(step.after)}</strong> },
        {
          head: 'Change',
          number: true,
          cell: ({ step: { before, after } }) =>
            before === null || after === null ? '–' : leverChangeText(before, after),
        },
        ...(noted
          ? [{ head: 'Note', cell: ({ step }: { readonly step: LeverStep }) => step.note ?? '' }]
          : []),
      ]}
    />
  );
}

export const parameterWord = (name: string): string => PARAMETER_WORDS[name as ParameterName] ?? name;
