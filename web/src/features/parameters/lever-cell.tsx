/** One editable lever: a percentage, checked against the hard range as it is typed; what lies outside is said and kept. */
import { useEffect, useState } from 'react';
import { leverDecimal, leverPercent, leverText } from '../../ui/lever-value.js';

export interface LeverCellProps {
  /** Says what the cell is, such as `Merit, level 2, 2026`. */
  readonly label: string;
  /** Decimal; null: the years differ. */
  readonly value: number | null;
  /** Decimal that is current. */
  readonly current: number | null;
  readonly range: readonly [number, number];
  readonly step: number;
  readonly locked: boolean;
  readonly onChange: (value: number) => void;
  readonly onFocus?: () => void;
  readonly onPaste?: (text: string) => boolean;
}

export function LeverCell({
  label,
  value,
  current,
  range,
  step,
  locked,
  onChange,
  onFocus,
  onPaste,
}: LeverCellProps) {
  const [text, setText] = useState(shown(value));
  useEffect(() => setText(shown(value)), [value]);
  const [low, high] = range;
  const decimal = leverDecimal(Number(text));
  const isNumber = text.trim() !== '' && Number.isFinite(decimal);
  const wrong = text.trim() !== '' && !(isNumber && decimal >= low && decimal <= high);
  const changed = value !== current;
  const take = (): void => {
    // Outside the range too: the draft keeps it, and cannot be saved before it is mended.
    if (isNumber && decimal !== value) onChange(decimal);
    else if (text.trim() === '') setText(shown(value));
  };
  const move = (steps: number): void => {
    const next = Math.min(
      high,
      Math.max(low, leverDecimal(leverPercent((value ?? current ?? low) + steps * step))),
    );
    onChange(next);
  };
  const rule = `from ${leverText(low)} to ${leverText(high)}`;
  return (
    <div>
      <input
        className="cell-input"
        aria-label={label}
        aria-invalid={wrong || undefined}
        data-changed={changed || undefined}
        inputMode="decimal"
        disabled={locked}
        placeholder={value === null ? 'differ' : undefined}
        title={
          locked
            ? 'locked'
            : wrong
              ? rule
              : changed
                ? `current: ${current === null ? 'years differ' : leverText(current)}`
                : rule
        }
        value={text}
        onFocus={onFocus}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onBlur={take}
        onPaste={(event) => {
          if (onPaste?.(event.clipboardData.getData('text/plain'))) event.preventDefault();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
          else if (event.key === 'Escape') setText(shown(value));
          else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            event.preventDefault();
            move(event.key === 'ArrowUp' ? 1 : -1);
          }
        }}
      />
      {wrong && (
        <div className="cell-problem tone-bad" role="alert">
          ✕ {isNumber ? rule : `no number; ${rule}`}
        </div>
      )}
    </div>
  );
}

const shown = (value: number | null): string => (value === null ? '' : String(leverPercent(value)));
