/** The partitions of an asset side by side, one sign each: where it is healthy, stale, missing or failed. */
import type { AssetView } from '../../api/types.js';
import { signOf, worstStatus } from './status.js';

export interface PartitionStripProps {
  readonly asset: Pick<AssetView, 'key' | 'steps'>;
  /** Every partition that a neighbour has: a column each, so that strips stand under each other. */
  readonly partitions?: readonly string[];
}

export function PartitionStrip({ asset: { key, steps }, partitions }: PartitionStripProps) {
  const shown = partitions ?? steps.map(({ partition }) => partition ?? 'whole');
  const whole = steps.find(({ partition }) => partition === null);
  const cells = whole === undefined ? shown : ['whole'];
  return (
    <span className="strip" role="img" aria-label={`${key}: ${wordsOf(steps)}`}>
      {cells.map((name) => {
        const step = steps.find(({ partition }) => (partition ?? 'whole') === name);
        const status = worstStatus(step?.status ?? []);
        const { sign, tone } = signOf(status);
        return (
          <span
            key={name}
            className={`strip-cell tone-${tone}`}
            title={
              step === undefined ? name : `${name}: ${step.status.join(', ')}. ${step.reasons.join('; ')}`
            }
          >
            {step === undefined ? '' : sign}
          </span>
        );
      })}
    </span>
  );
}

/** Such as `2025 healthy, 2026 missing`. */
const wordsOf = (steps: AssetView['steps']): string =>
  steps.map(({ partition, status }) => `${partition ?? 'whole'} ${status.join(' ')}`).join(', ');

/** Partitions of any of the assets, in order. */
export const partitionsOf = (assets: readonly AssetView[]): string[] =>
  [
    ...new Set(
      assets.flatMap(({ steps }) => steps.map(({ partition }) => partition)).filter((name) => name !== null),
    ),
  ].toSorted();
