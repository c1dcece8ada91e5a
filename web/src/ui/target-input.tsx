/** The growth that figures are compared with; it stands in the URL of the page. */
import { NumberInput } from '@mantine/core';

export interface TargetInputProps {
  /** Percent a year. */
  readonly target: number;
  readonly onTarget: (target: number) => void;
}

export const TargetInput = ({ target, onTarget }: TargetInputProps) => (
  <NumberInput
    size="xs"
    w={140}
    label="Target (% a year)"
    step={0.1}
    decimalScale={3}
    min={-50}
    max={50}
    value={target}
    onChange={(value) => typeof value === 'number' && onTarget(value)}
  />
);
