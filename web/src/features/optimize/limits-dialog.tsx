/** How far single levers may move: by parameter, years and levels; or not at all. */
import { Checkbox, NativeSelect, NumberInput } from '@mantine/core';
import { PARAMETER_NAMES, PARAMETERS } from '../../../../src/levers/catalogue.terms.js';
import { parameterWord } from '../../ui/lever-diff.js';
import { asTyped, typedNumber } from '../../ui/bounds.js';
import { boundsOf, faultOf, rangeOf, STEPS, type Limit } from './limits.js';
import { ListDialog, type ListColumn } from './list-dialog.js';

export interface LimitsDialogProps {
  readonly limits: readonly Limit[];
  /** Plan years of the run, `2025-2029`. */
  readonly years: string | undefined;
  readonly onTake: (limits: readonly Limit[]) => void;
  readonly onClose: () => void;
}

const LEVELS = ['1', '2', '3', '4', '5', '1,2', '1,2,3', '3,4,5', '4,5'];

export function LimitsDialog({ limits, years, onTake, onClose }: LimitsDialogProps) {
  return (
    <ListDialog
      title="Bounds and held levers"
      what="limit"
      explanation="Levers without a limit keep the optimiser's bounds, which stand as examples in the fields. Of several limits that name a lever the last one decides. A held lever keeps today's value; a larger step lets a lever move further for the same cost."
      rows={limits}
      fresh={(): Limit => ({ lever: 'merit_base' })}
      columns={columnsOf(years)}
      faultOf={faultOf}
      onTake={onTake}
      onClose={onClose}
    />
  );
}

const columnsOf = (years: string | undefined): ListColumn<Limit>[] => [
  {
    head: 'Lever',
    cell: ({ lever }, name, change) => (
      <NativeSelect
        size="xs"
        aria-label={name}
        value={lever}
        data={PARAMETER_NAMES.map((value) => ({ value, label: parameterWord(value) }))}
        onChange={({ currentTarget }) =>
          change({
            lever: PARAMETER_NAMES.find((value) => value === currentTarget.value) ?? lever,
            low: undefined,
            high: undefined,
            step: undefined,
          })
        }
      />
    ),
  },
  {
    head: 'Years',
    cell: (limit, name, change) => (
      <NativeSelect
        size="xs"
        aria-label={name}
        value={limit.years ?? ''}
        data={[{ value: '', label: 'all' }, ...spansOf(years, limit.years)]}
        onChange={({ currentTarget }) => change({ years: currentTarget.value || undefined })}
      />
    ),
  },
  {
    head: 'Levels',
    cell: ({ levels }, name, change) => (
      <NativeSelect
        size="xs"
        aria-label={name}
        value={levels ?? ''}
        data={[
          { value: '', label: 'all' },
          ...(levels === undefined || LEVELS.includes(levels) ? LEVELS : [levels, ...LEVELS]),
        ]}
        onChange={({ currentTarget }) => change({ levels: currentTarget.value || undefined })}
      />
    ),
  },
  { head: 'From (%)', cell: (limit, name, change) => bound(limit, 'low', name, change) },
  { head: 'To (%)', cell: (limit, name, change) => bound(limit, 'high', name, change) },
  {
    head: 'Step (pp)',
    cell: ({ lever, step, frozen }, name, change) => (
      <NumberInput
        size="xs"
        w={84}
        aria-label={name}
        disabled={frozen === 'yes'}
        placeholder={String(Number((PARAMETERS[lever].step * 100).toFixed(4)))}
        min={STEPS[0]}
        max={STEPS[1]}
        {...asTyped(step, STEPS)}
        onChange={(value) => change({ step: typedNumber(value) })}
      />
    ),
  },
  {
    head: 'Hold',
    cell: ({ frozen }, name, change) => (
      <Checkbox
        size="xs"
        aria-label={name}
        checked={frozen === 'yes'}
        onChange={({ currentTarget }) => change({ frozen: currentTarget.checked ? 'yes' : undefined })}
      />
    ),
  },
];

function bound(limit: Limit, side: 'low' | 'high', name: string, change: (part: Partial<Limit>) => void) {
  const [low, high] = rangeOf(limit.lever);
  return (
    <NumberInput
      size="xs"
      w={84}
      aria-label={name}
      disabled={limit.frozen === 'yes'}
      placeholder={String(boundsOf(limit.lever)[side === 'low' ? 0 : 1])}
      min={low}
      max={high}
      decimalScale={4}
      {...asTyped(limit[side], [low, high])}
      onChange={(value) => change({ [side]: typedNumber(value) })}
    />
  );
}

/** Each plan year, and from each on to the last. */
function spansOf(years: string | undefined, chosen: string | undefined) {
  const [first, last] = years?.split('-').map(Number) ?? [];
  if (first === undefined || last === undefined) return [];
  const list = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const spans = [
    ...list.map((year) => ({ value: `${year}-${year}`, label: String(year) })),
    ...list.slice(0, -1).map((year) => ({ value: `${year}-${last}`, label: `${year} to ${last}` })),
    ...list.slice(1, -1).map((year) => ({ value: `${first}-${year}`, label: `${first} to ${year}` })),
  ];
  if (chosen === undefined || spans.some(({ value }) => value === chosen)) return spans;
  return [{ value: chosen, label: chosen.replace('-', ' to ') }, ...spans];
}
