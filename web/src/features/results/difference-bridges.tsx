/** What made the growth of a simulation another than that of the first: one waterfall for each. */
import { useQueries } from '@tanstack/react-query';
import type { Comparison, PayBridge } from '../../api/types.js';
import { ErrorNotice } from '../../ui/error-notice.js';
import { GrowthBridge, type GrowthPair, type GrowthParts } from '../../ui/growth-bridge.js';
import { Waiting } from '../../ui/figures.js';
import { shortId } from '../../ui/number.js';
import { payBridgeQuery } from './queries.js';

export function DifferenceBridges({ simulations }: Pick<Comparison, 'simulations'>) {
  const bridges = useQueries({
    queries: simulations.map(({ simulation_id }) => payBridgeQuery(simulation_id)),
  });
  const error = bridges.find((bridge) => bridge.error)?.error;
  if (error) return <ErrorNotice error={error} />;
  const [first, ...others] = bridges.flatMap(({ data }) => data ?? []);
  if (first === undefined || others.length + 1 < simulations.length)
    return <Waiting what="the parts of growth" />;
  return others.map((other) => {
    const pairs = pairsOf(first, other);
    // Plans without a common year have no parts to compare.
    if (pairs.length === 0) return null;
    return (
      <GrowthBridge
        key={other.simulation_id}
        title={`What makes ${shortId(other.simulation_id)} differ`}
        names={[shortId(first.simulation_id), shortId(other.simulation_id)]}
        pairs={pairs}
        source="everybody active at year end, mean pay"
      />
    );
  });
}

/** The years that both have. */
const pairsOf = (first: PayBridge, other: PayBridge): GrowthPair[] =>
  first.years.flatMap((before) => {
    const after = other.years.find(({ year }) => year === before.year);
    const [left, right] = [partsOf(before), after === undefined ? undefined : partsOf(after)];
    return left === undefined || right === undefined
      ? []
      : [{ year: before.year, before: left, after: right }];
  });

/** Undefined where they are withheld. */
const partsOf = ({ parts, growth }: PayBridge['years'][number]): GrowthParts | undefined =>
  parts === null || growth === null ? undefined : { ...parts, growth };
