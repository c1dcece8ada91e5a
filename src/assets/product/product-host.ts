/** This product's graph, and how its computations are called: simulations by the engine, optimisations by their workflows. */
import path from 'node:path';
import { z } from 'zod';
import type { Config } from '../../config.js';
import { optimizationResult, type OptimizationResult } from '../../runs/optimization.contract.js';
import { optimizationRequest } from '../../runs/request.contract.js';
import { parseRequest } from '../../shared/parse-request.js';
import { optimizationWorkflowId, summaryWorkflowId } from '../../runs/run-id.terms.js';
import { failure, MeritloopError } from '../../shared/errors/errors.js';
import { readText } from '../../shared/files/durable.js';
import { inspectFolder } from '../../shared/files/sealed-folder.js';
import { parseStored } from '../../shared/files/stored-json.js';
import type { AssetCatalog, LatestState } from '../graph/catalog-port.js';
import type { JsonObject, JsonValue } from '../graph/fingerprint.js';
import { createGraph } from '../graph/graph.js';
import type { PlannedStep } from '../graph/plan.js';
import { stepId } from '../graph/steps.js';
import { years } from '../graph/partitions.js';
import type { ResolvedPlan } from '../graph/resolved-plan.js';
import { compiledManifest, compilePlan } from '../../simulation/model/compile-plan.js';
import { storedCheck } from '../../simulation/provenance.contract.js';
import { configOf } from '../../simulation/company-versions.js';
import type {
  CheckResult,
  SimulationOutcome,
  SimulationSpec,
  Simulator,
} from '../../simulation/simulator.js';
import { trialInputs } from '../../simulation/store/trial-inputs.js';
import type { AssetHost, Compute, StepOutcome, WorkflowCall } from '../host.js';
import { inputAssets, inputVersions } from './inputs.js';
import { OPTIMIZATION_LOOP, optimizationAssets, RESULTS_SUMMARY } from './optimization-assets.js';
import { checkResult } from './optimization-checks.js';
import { brokenInvariant } from '../record-direct.js';
import { brokenCheckEvents, hash } from '../record-steps.js';
import { foreseenVersions, SIMULATION, simulationAssets } from './simulation-assets.js';
import { own } from '../../shared/own.terms.js';

export type SimulationRequestFields = Pick<
  z.infer<typeof optimizationRequest>,
  'census' | 'levers' | 'scenario' | 'years' | 'seed' | 'engine'
>;

export interface ProductParts {
  readonly config: Config;
  readonly simulator: Simulator;
  readonly catalog: AssetCatalog;
  /** Copies the inputs that a request names into the home. @throws MeritloopError naming the field */
  readonly resolveInputs: (request: SimulationRequestFields) => Promise<{ readonly spec: SimulationSpec }>;
}

/** A run's configuration is an optimisation's request; the fields of a simulation are among them. */
export function createProductHost(parts: ProductParts): AssetHost {
  const { config, simulator, catalog } = parts;
  const specOf = async (given: JsonObject) => (await parts.resolveInputs(parseConfig(given))).spec;
  return {
    catalog,
    async describe(given) {
      const spec = await specOf(given);
      const of = configOf(config, spec);
      const [plan, manifest] = [await compilePlan(of), await compiledManifest(of)];
      const range = years(spec.years.first, spec.years.last);
      const [inputs, levers, versions] = [
        await trialInputs(of, spec),
        await simulator.resolveLevers(spec),
        await simulator.modelVersions(spec),
      ];
      const { censusFingerprint, run } = inputs;
      return {
        graph: createGraph([
          ...inputAssets(range),
          ...simulationAssets(manifest, plan, range),
          ...optimizationAssets(plan),
        ]),
        world: {
          observed: inputVersions({
            spec,
            censusFingerprint,
            settings: run.settings,
            ownScenarios: run.own_scenarios ?? [],
            levers,
          }),
          foreseen: foreseenVersions(versions),
          dynamic: {},
        },
      };
    },
    requireMakeable,
    damagedOf: (latest) => damagedSteps(config, latest),
    compute: {
      [SIMULATION]: simulationCompute(parts, specOf),
      [OPTIMIZATION_LOOP]: recordOptimization,
      [RESULTS_SUMMARY]: async ({ steps, record, result }) =>
        record(steps.map(({ id }) => ({ step: id, ...summaryOutcome(result) }))),
    },
    workflowCall,
  };
}

/** @throws MeritloopError REQUEST_INVALID naming the field */
const parseConfig = (given: JsonObject) =>
  parseRequest(optimizationRequest.omit({ id: true }), given, 'config');

/** Nobody signs what the graph starts, so a run of it that publishes unasked would publish nothing. */
function requireMakeable(config: JsonObject): void {
  if (own(config, 'apply') === 'on-convergence')
    throw failure('REQUEST_INVALID', {
      source: 'config',
      field: 'apply',
      value: 'on-convergence',
      rule: 'must be never or after-approval in the asset graph; `meritloop optimize --apply on-convergence` publishes unasked',
    });
}

/** Steps whose simulation's folder is not as it was sealed. */
async function damagedSteps(
  { home }: Pick<Config, 'home'>,
  latest: readonly LatestState[],
): Promise<ReadonlyMap<string, string>> {
  const damages = new Map<string, string | null>();
  const found = new Map<string, string>();
  for (const { asset, partition, materialization } of latest) {
    const folder = materialization?.metadata['folder'];
    if (folder?.kind !== 'path') continue;
    if (!damages.has(folder.value)) {
      const { damage } = await inspectFolder(path.join(home, folder.value));
      damages.set(folder.value, damage === undefined ? null : `damaged: ${damage.path}: ${damage.detail}`);
    }
    const damage = damages.get(folder.value);
    if (damage != null) found.set(stepId(asset, partition), damage);
  }
  return found;
}

const storedChecks = z.object({ checks: z.array(storedCheck) });

/** The verdicts that a stored simulation was kept with. */
async function checksIn(folder: string): Promise<readonly CheckResult[]> {
  const file = path.join(folder, 'provenance.json');
  const text = (await readText(file)) ?? '';
  return parseStored(file, text, (value) => storedChecks.parse(value), folder).checks;
}

/** One simulation makes every model in every year; the steps asked for are recorded with its invariants' verdicts. */
const simulationCompute =
  (parts: ProductParts, specOf: (config: JsonObject) => Promise<SimulationSpec>): Compute =>
  async ({ plan, steps, signal, onProgress, record }) => {
    const { config, simulator, catalog } = parts;
    const spec = await specOf(plan.config);
    const simulating = simulator.simulate(spec, {
      keep: 'tables',
      signal,
      onProgress: ({ year, model }) => onProgress(`${model}, year ${year}`),
    });
    const made = await simulating.catch(async (error: unknown) => {
      const broken = error instanceof MeritloopError ? brokenInvariant(error) : undefined;
      if (broken !== undefined) await catalog.append(brokenCheckEvents(plan, broken, new Date()));
      throw error;
    });
    await record(await simulationOutcomes({ config, simulator }, spec, made, steps));
  };

/** What a finished simulation has made of these steps: versions, figures, and the verdicts of the invariants. */
export async function simulationOutcomes(
  { config, simulator }: Pick<ProductParts, 'config' | 'simulator'>,
  spec: SimulationSpec,
  { summary, checks: just }: Pick<SimulationOutcome, 'summary' | 'checks'>,
  steps: readonly Pick<PlannedStep, 'id' | 'partition'>[],
): Promise<StepOutcome[]> {
  const folder = path.join(config.home, 'simulations', summary.simulation_id);
  const checks = just ?? (await checksIn(folder));
  const versions = foreseenVersions(await simulator.modelVersions(spec));
  const verdicts = checks.map(({ name, violations, seconds, follows_from }) => ({
    name,
    passed: violations === 0,
    seconds,
    // A check that was not asked has counted nothing.
    metadata:
      follows_from === undefined
        ? ({ violations: { kind: 'integer', value: violations } } as const)
        : ({ follows_from: { kind: 'text', value: follows_from.join(', ') } } as const),
  }));
  return steps.map(({ id, partition }): StepOutcome => {
    const version = own(versions, id);
    const year = summary.years.find((one) => String(one.year) === partition);
    return {
      step: id,
      ...(version === undefined ? {} : { dataVersion: version }),
      seconds: summary.seconds / steps.length,
      metadata: {
        simulation_id: { kind: 'text', value: summary.simulation_id },
        folder: { kind: 'path', value: path.relative(config.home, folder) },
        ...(year === undefined
          ? {}
          : {
              closing: { kind: 'integer', value: year.closing },
              growth: { kind: 'number', value: year.growth, unit: '%' },
            }),
      },
      checks: verdicts,
    };
  });
}

const recordOptimization: Compute = async ({ steps, record, result }) => {
  const done = optimizationResult.parse(result);
  await record(steps.map(({ id }) => ({ step: id, ...optimizationOutcome(done) })));
};

/** What was found counts, not when, how fast or under which name. */
export function optimizationOutcome(result: OptimizationResult): Omit<StepOutcome, 'step'> {
  const { status, simulation_id, final_growth, lever_set, levers, iterations_used, seconds } = result;
  return {
    dataVersion: hash(JSON.stringify([status, simulation_id, final_growth, levers])),
    seconds,
    metadata: {
      status: { kind: 'text', value: status },
      final_growth: { kind: 'number', value: final_growth, unit: '%' },
      iterations_used: { kind: 'integer', value: iterations_used },
      simulation_id: { kind: 'text', value: simulation_id },
      lever_set: { kind: 'text', value: lever_set },
    },
    checks: checkResult(result),
  };
}

export const summaryOutcome = (report: JsonValue): Omit<StepOutcome, 'step'> => ({
  dataVersion: hash(JSON.stringify(report)),
  seconds: 0,
  metadata: {},
  checks: [],
});

function workflowCall(computation: string, plan: ResolvedPlan): WorkflowCall {
  const { scenario } = parseConfig(plan.config);
  const ran = plan.steps.some(({ key, action }) => key === OPTIMIZATION_LOOP && action === 'run');
  const args: JsonValue[] =
    computation === OPTIMIZATION_LOOP ? [plan.config] : [ran ? { run_id: plan.run } : {}];
  return computation === OPTIMIZATION_LOOP
    ? { type: 'compensationOptimizationLoop', id: optimizationWorkflowId(scenario, plan.run), args }
    : { type: 'optimizationResultsSummary', id: summaryWorkflowId(ran ? plan.run : 'latest'), args };
}
