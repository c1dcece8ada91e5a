/** The growth that figures are compared with; it stands in the URL of the page. */
import { BoundedNumber } from './bounded-number.js';

export interface TargetInputProps {
  /** Percent a year; null: there is none. */
  readonly target: number | null;
  readonly onTarget: (target: number) => void;
}

export const TargetInput = ({ target, onTarget }: TargetInputProps) => (
  <BoundedNumber
    size="xs"
    w={170}
    label="Target (% a year)"
    step={0.1}
    decimalScale={3}
    range={[-50, 50]}
    value={target}
    onNumber={onTarget}
  />
);
