/** The request of a stored run as one that starts the same run again, on the same inputs. Pure. */
import type { RunStart } from '../../api/types.js';

/** What the API takes as it stands in a checked request; who asks, when and where is of the new run. */
const SAME = [
  'scenario',
  'census',
  'lever_set',
  'seed',
  'engine',
  'target',
  'target_mode',
  'metric',
  'statuses',
  'tolerance',
  'max_iterations',
  'strategy',
  'tune',
  'limits',
] as const;

/** It proposes levers and applies none: applying is decided anew. */
export function sameRequest(request: Readonly<Record<string, unknown>>): RunStart {
  const years = request['years'] as { readonly first: number; readonly last: number } | undefined;
  const seeds = request['seeds'] as { readonly tuning: readonly number[] } | undefined;
  return {
    ...Object.fromEntries(SAME.filter((key) => key in request).map((key) => [key, request[key]])),
    ...(years === undefined ? {} : { years: `${years.first}-${years.last}` }),
    ...(seeds === undefined ? {} : { seeds: seeds.tuning.length }),
    apply: 'never',
  };
}
