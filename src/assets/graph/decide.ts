/** Whether a step must run, and why: its recorded code, config and inputs against those of now. */
import type { AssetSpec } from './asset.js';
import type { CheckEvaluation, InputVersion, LatestState, MaterializationRecord } from './catalog-port.js';
import { fingerprintOf, type Hash } from './fingerprint.js';
import type { Step, StepRef } from './steps.js';

export type Action = 'run' | 'reuse' | 'blocked';

export interface Decision {
  readonly action: Action;
  /** At least one. */
  readonly reasons: readonly string[];
  /** The data version after this plan; undefined where only the run will tell. */
  readonly version: string | undefined;
}

/** What is known while deciding. Partial answers are allowed: what is unknown counts as changed. */
export interface Knowledge {
  readonly specOf: (key: string) => AssetSpec;
  readonly latest: (id: string) => LatestState | undefined;
  /** Data version of an external asset as it is now; without one, the last observation holds. */
  readonly observed: (id: string) => string | undefined;
  /** Data version that a step would have if it ran now, where something can tell. */
  readonly foreseen: (id: string) => string | undefined;
  /** What was decided for a step of the same plan that runs before; undefined outside of the plan. */
  readonly decided: (id: string) => Decision | undefined;
  readonly configVersion: (spec: AssetSpec) => string;
  /** A reason to run whatever is recorded. */
  readonly forced: (step: Step) => string | undefined;
  /** The run that decides; what it has made itself is not made again, and its failures block. Null while planning. */
  readonly run: string | null;
  readonly hash: Hash;
}

const NONE: readonly string[] = [];

type InputState =
  | { readonly kind: 'known'; readonly version: string }
  | { readonly kind: 'pending' }
  | { readonly kind: 'blocking'; readonly reason: string };

/** @param step is not external */
export function decide(step: Step, knowledge: Knowledge): Decision {
  const spec = knowledge.specOf(step.key);
  const latest = knowledge.latest(step.id);
  const made = latest?.materialization ?? null;
  const isOurs = made !== null && (made.inputs.length > 0 || step.inputs.length === 0);
  if (isOurs && made.run === knowledge.run) return reuse(made, 'made by this run');

  const inputs: Input[] = [];
  for (const input of step.inputs) inputs.push({ input, state: inputState(input, step, knowledge) });
  const reasons: string[] = [];
  const forced = knowledge.forced(step);
  if (forced !== undefined) reasons.push(forced);
  const broken = failingChecks(spec, latest, null);
  if (made === null) reasons.push('never made');
  // Somebody made it without telling of what.
  else if (!isOurs) reasons.push('made outside of the graph');
  else {
    if (made.code_version !== spec.codeVersion) reasons.push(`code of ${step.key} changed`);
    if (made.config_version !== knowledge.configVersion(spec)) reasons.push('config changed');
    for (const name of broken) reasons.push(`check ${name} failed`);
    if (!isUnchanged(inputs, made.inputs)) reasons.push(...inputChanges(inputs, made.inputs));
  }
  const foreseen = knowledge.foreseen(step.id);
  if (made !== null && forced === undefined && broken.length === 0) {
    if (reasons.length === 0 && (foreseen ?? made.data_version) === made.data_version)
      return reuse(made, 'nothing changed');
    if (foreseen === made.data_version)
      return reuse(made, `${reasons.join(', ')}, but it would come out the same`);
  }

  const blocking = inputs.flatMap(({ state }) => (state.kind === 'blocking' ? [state.reason] : []));
  if (blocking.length > 0)
    return { action: 'blocked', reasons: [...new Set(blocking)], version: made?.data_version };
  return {
    action: 'run',
    reasons: reasons.length === 0 ? ['it would come out different'] : reasons,
    version: foreseen ?? predicted(step, spec, inputs, knowledge),
  };
}

const reuse = ({ data_version }: MaterializationRecord, reason: string): Decision => ({
  action: 'reuse',
  reasons: [reason],
  version: data_version,
});

function inputState(input: StepRef, reader: Step, knowledge: Knowledge): InputState {
  const spec = knowledge.specOf(input.key);
  const latest = knowledge.latest(input.id);
  if (spec.external) {
    const version = knowledge.observed(input.id) ?? latest?.observation?.data_version;
    return version === undefined
      ? blocking(`input ${input.id} was never observed`)
      : { kind: 'known', version };
  }
  const decision = knowledge.decided(input.id);
  if (decision?.action === 'blocked') return blocking(`input ${input.id} is blocked`);
  if (decision?.action === 'run')
    return decision.version === undefined
      ? { kind: 'pending' }
      : { kind: 'known', version: decision.version };
  const attempt = latest?.attempt ?? null;
  if (knowledge.run !== null && attempt?.run === knowledge.run && attempt.kind !== 'planned')
    return blocking(`input ${input.id} ${attempt.kind === 'failed' ? 'failed' : 'is blocked'}`);
  const [check] = failingChecks(spec, latest, reader.key);
  if (check !== undefined) return blocking(`check ${check} of ${input.id} failed`);
  const version = latest?.materialization?.data_version;
  return version === undefined ? blocking(`input ${input.id} was never made`) : { kind: 'known', version };
}

const blocking = (reason: string): InputState => ({ kind: 'blocking', reason });

/** Names of the blocking checks that fail on the asset's present data. @param reader null: whoever reads it */
function failingChecks(
  spec: AssetSpec,
  latest: LatestState | undefined,
  reader: string | null,
): readonly string[] {
  if (latest === undefined || latest.checks.length === 0) return NONE;
  const version = latest.materialization?.data_version;
  const fails = ({ check, passed, severity, blocking: blocks, data_version }: CheckEvaluation) => {
    const declared = spec.checks.find(({ name }) => name === check);
    const only = declared?.blocks;
    return (
      declared !== undefined &&
      !passed &&
      blocks &&
      severity === 'error' &&
      data_version === version &&
      (reader === null || only === undefined || only.includes(reader))
    );
  };
  return latest.checks.filter(fails).map(({ check }) => check);
}

interface Input {
  readonly input: StepRef;
  readonly state: InputState;
}

/** The common case, without a look at each by name: records keep the order of the inputs. */
const isUnchanged = (inputs: readonly Input[], recorded: readonly InputVersion[]): boolean =>
  inputs.length === recorded.length &&
  inputs.every(({ input, state }, at) => {
    const before = recorded[at];
    return (
      state.kind === 'known' &&
      before?.data_version === state.version &&
      before.asset === input.key &&
      before.partition === input.partition
    );
  });

/** One reason for each input asset and kind of change, naming its partitions. */
function inputChanges(inputs: readonly Input[], recorded: readonly InputVersion[]): string[] {
  const before = new Map(recorded.map((version) => [refKey(version.asset, version.partition), version]));
  const found = new Map<string, string[]>();
  const add = (key: string, what: string, partition: string | null) => {
    const label = `${key} ${what}`;
    const partitions = found.get(label) ?? [];
    if (partition !== null) partitions.push(partition);
    found.set(label, partitions);
  };
  for (const { input, state } of inputs) {
    const known = before.get(refKey(input.key, input.partition));
    before.delete(refKey(input.key, input.partition));
    if (state.kind === 'pending') add(input.key, 'runs', input.partition);
    else if (known === undefined) add(input.key, 'is new', input.partition);
    else if (state.kind === 'known' && state.version !== known.data_version)
      add(input.key, 'changed', input.partition);
  }
  for (const gone of before.values()) add(gone.asset, 'is no longer read', gone.partition);
  return [...found].map(([label, partitions]) =>
    partitions.length === 0
      ? `input ${label}`
      : `input ${label} (partition${partitions.length > 1 ? 's' : ''} ${partitions.join(', ')})`,
  );
}

const refKey = (key: string, partition: string | null): string => `${key}\n${partition ?? ''}`;

/** Equal inputs and code give equal data: then the fingerprint is the version, known before the run. */
function predicted(
  { key, partition }: Step,
  spec: AssetSpec,
  inputs: readonly Input[],
  { hash, configVersion }: Knowledge,
): string | undefined {
  if (spec.versioning !== 'fingerprint') return undefined;
  const versions: InputVersion[] = [];
  for (const { input, state } of inputs) {
    if (state.kind !== 'known') return undefined;
    versions.push({ asset: input.key, partition: input.partition, data_version: state.version });
  }
  return fingerprintOf(
    {
      asset: key,
      partition,
      codeVersion: spec.codeVersion,
      configVersion: configVersion(spec),
      inputs: versions,
    },
    hash,
  );
}
