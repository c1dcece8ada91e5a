/** Turns what happened to steps into events of the catalog, each with an id that a retry makes again. */
import { createHash } from 'node:crypto';
import type { AssetSpec } from './graph/asset.js';
import type { AssetEvent, InputVersion, MaterializationRecord } from './graph/catalog-port.js';
import { fingerprintOf } from './graph/fingerprint.js';
import { assetOf } from './graph/graph.js';
import type { PlannedStep } from './graph/plan.js';
import type { ResolvedSteps } from './graph/resolved-plan.js';
import { stepId } from './graph/steps.js';
import type { StepOutcome } from './host.js';
import { own } from '../shared/own.terms.js';

export const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

type Head = Pick<AssetEvent, 'id' | 'asset' | 'partition' | 'run' | 'recorded_at'>;

/** An event of a run has the same id whenever it is recorded again. */
export const stepEventId = (run: string, step: string, kind: string): string =>
  hash(JSON.stringify([run, step, kind]));

function head(plan: ResolvedSteps, step: PlannedStep, kind: string, at: Date): Head {
  return {
    id: stepEventId(plan.run, step.id, kind),
    asset: step.key,
    partition: step.partition,
    run: plan.run,
    recorded_at: at.toISOString(),
  };
}

const specOf = (plan: ResolvedSteps, key: string): AssetSpec =>
  assetOf({ assets: new Map(Object.entries(plan.assets)) }, key);

export const plannedEvent = (
  plan: ResolvedSteps,
  step: PlannedStep,
  reasons: readonly string[],
  at: Date,
): AssetEvent => ({ ...head(plan, step, 'planned', at), kind: 'planned', reasons });

export const blockedEvent = (
  plan: ResolvedSteps,
  step: PlannedStep,
  reasons: readonly string[],
  at: Date,
): AssetEvent => ({ ...head(plan, step, 'blocked', at), kind: 'blocked', reasons });

export const failedEvent = (
  plan: ResolvedSteps,
  step: PlannedStep,
  error: { readonly code: string; readonly message: string; readonly hint: string },
  at: Date,
): AssetEvent => ({ ...head(plan, step, 'failed', at), kind: 'failed', ...error });

/** The versions of what external assets hold, as the run saw them. */
export function observationEvents(plan: ResolvedSteps, at: Date): AssetEvent[] {
  const refs = new Map(plan.steps.flatMap(({ inputs }) => inputs.map((input) => [input.id, input] as const)));
  return [...refs.values()].flatMap(({ id, key, partition }) => {
    const version = own(plan.observed, id);
    if (version === undefined || !specOf(plan, key).external) return [];
    // The version is part of the id: what was observed before is not written again.
    const event: AssetEvent = {
      id: hash(JSON.stringify([plan.run, stepId(key, partition), 'observation', version])),
      asset: key,
      partition,
      run: plan.run,
      recorded_at: at.toISOString(),
      kind: 'observation',
      data_version: version,
      metadata: {},
    };
    return [event];
  });
}

/** The materialisation and the checks of a step that was made. */
export function madeEvents(
  plan: ResolvedSteps,
  step: PlannedStep,
  outcome: StepOutcome,
  inputs: readonly InputVersion[],
  at: Date,
  batchSeconds?: number,
): readonly [MaterializationRecord, ...AssetEvent[]] {
  const spec = specOf(plan, step.key);
  const config_version = own(plan.configVersions, step.key) ?? '';
  const fingerprint = fingerprintOf(
    {
      asset: step.key,
      partition: step.partition,
      codeVersion: spec.codeVersion,
      configVersion: config_version,
      inputs,
    },
    hash,
  );
  const data_version = outcome.dataVersion ?? fingerprint;
  const made: MaterializationRecord = {
    ...head(plan, step, 'materialization', at),
    kind: 'materialization',
    fingerprint,
    code_version: spec.codeVersion,
    config_version,
    data_version,
    inputs,
    seconds: outcome.seconds,
    ...(batchSeconds === undefined ? {} : { batch_seconds: batchSeconds }),
    metadata: outcome.metadata,
  };
  const checks = outcome.checks.flatMap(({ name, passed, seconds, metadata }): AssetEvent[] => {
    const check = spec.checks.find((declared) => declared.name === name);
    if (check === undefined) return [];
    const { severity, blocking } = check;
    return [
      {
        ...head(plan, step, `check ${name}`, at),
        kind: 'check',
        check: name,
        passed,
        severity,
        blocking,
        data_version,
        seconds,
        metadata,
      },
    ];
  });
  return [made, ...checks];
}

/** The failed check of an invariant that kept data from being stored: on the data that it would have been. */
export const brokenCheckEvents = (
  plan: ResolvedSteps,
  { check: name, violations }: { readonly check: string; readonly violations: number },
  at: Date,
  dataVersion?: string,
): AssetEvent[] =>
  plan.steps.flatMap((step): AssetEvent[] => {
    const check = specOf(plan, step.key).checks.find((declared) => declared.name === name);
    if (check === undefined) return [];
    const { severity, blocking } = check;
    return [
      {
        // Not the id of a verdict on data that was made: the same run may yet make it.
        ...head(plan, step, `broken ${name}`, at),
        kind: 'check',
        check: name,
        passed: false,
        severity,
        blocking,
        data_version: dataVersion ?? own(plan.foreseen, step.id) ?? '',
        seconds: 0,
        metadata: { violations: { kind: 'integer', value: violations } },
      },
    ];
  });
