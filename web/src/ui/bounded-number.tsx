/** A number with bounds: what lies outside is said and kept as it was typed, until somebody mends it. */
import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { boundsProblem } from './bounds.js';

export interface BoundedNumberProps extends Omit<
  NumberInputProps,
  'value' | 'onChange' | 'min' | 'max' | 'error'
> {
  /** Null: none yet. */
  readonly value: number | null;
  readonly range: readonly [number, number];
  /** Told of numbers inside the bounds alone. */
  readonly onNumber: (value: number) => void;
}

export function BoundedNumber({ value, range, onNumber, ...look }: BoundedNumberProps) {
  const [typed, setTyped] = useState<number | string>(value ?? '');
  useEffect(() => setTyped(value ?? ''), [value]);
  const problem = boundsProblem(typed, range);
  return (
    <NumberInput
      {...look}
      min={range[0]}
      max={range[1]}
      clampBehavior="none"
      value={typed}
      error={problem && `${problem}${value === null ? '' : `; ${value} holds until then`}`}
      onChange={(next) => {
        setTyped(next);
        if (typeof next === 'number' && boundsProblem(next, range) === undefined) onNumber(next);
      }}
    />
  );
}
