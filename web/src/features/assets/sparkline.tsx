/** A few numbers as a small line, the last one in words: drawn without the charts, which are not loaded here. */
import { Text } from '@mantine/core';
import { seconds } from '../../ui/number.js';

export interface SparklineProps {
  /** Says what the numbers are. */
  readonly label: string;
  /** Seconds, the oldest first. */
  readonly values: readonly number[];
}

const WIDTH = 180;
const HEIGHT = 28;

export function Sparkline({ label, values }: SparklineProps) {
  const most = Math.max(...values, Number.EPSILON);
  const points = values.map((value, index) => {
    const x = (index / Math.max(1, values.length - 1)) * (WIDTH - 4) + 2;
    return `${x.toFixed(1)},${(HEIGHT - 3 - (value / most) * (HEIGHT - 6)).toFixed(1)}`;
  });
  const words = `${seconds(Math.min(...values))} to ${seconds(most)}, last ${seconds(values.at(-1) ?? null)}`;
  return (
    <div className="sparkline">
      <svg width={WIDTH} height={HEIGHT} role="img" aria-label={`${label}: ${words}`}>
        <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth={1.5} />
      </svg>
      <Text size="xs" c="dimmed">
        {label}: {words}
      </Text>
    </div>
  );
}
