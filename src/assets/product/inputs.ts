/** The group `inputs`: what a simulation is given; observed, never made. */
import { listYears } from '../../shared/contract/years.contract.js';
import { defineAsset, type AssetSpec } from '../graph/asset.js';
import type { Years } from '../graph/partitions.js';
import { stepId } from '../graph/steps.js';
import type { ResolvedLever, SimulationSpec } from '../../simulation/simulator.js';
import { catalogueValues } from '../../simulation/engine/state.js';
import { hash } from '../record-steps.js';

/** Names of dbt's `state` tables and of the assets that they stand for. */
export const STATE_ASSETS: Readonly<Record<string, string>> = {
  census: 'census',
  levers: 'levers',
  lever_catalogue: 'lever_catalogue',
  own_scenarios: 'own_scenarios',
  run: 'plan_horizon',
  settings: 'workforce_settings',
  plan_year: 'plan_year',
};

export function inputAssets(years: Years): AssetSpec[] {
  const input = (key: string, description: string, partitions: Years | null = null): AssetSpec =>
    defineAsset({ key, description, partitions, group: 'inputs', kinds: ['input'], external: true });
  return [
    input('census', 'The employees at the baseline date. One row per employee.'),
    input(
      'levers',
      'The levers as a scenario resolves them. One row per fiscal year, level and parameter.',
      years,
    ),
    input(
      'lever_catalogue',
      'Every lever that the program knows: event, effect, neutral value. One row per lever.',
    ),
    input('own_scenarios', 'The scenarios made in the home, each with its parent. One row per scenario.'),
    input('plan_horizon', 'The scenario simulated, with the first and the last plan year. One row.'),
    input('workforce_settings', 'Headcount growth and termination rates. One row.'),
    input(
      'plan_year',
      'The days of a plan year and its draws, which follow from the seed. One row per year.',
      years,
    ),
  ];
}

export interface SeenInputs {
  readonly spec: SimulationSpec;
  /** Changes with the census's rows, not with their order. */
  readonly censusFingerprint: string;
  readonly settings: object;
  readonly ownScenarios: readonly object[];
  readonly levers: readonly ResolvedLever[];
}

/** Data versions by step. Who locked or made a lever is no part of them. */
export function inputVersions({
  spec,
  censusFingerprint,
  settings,
  ownScenarios,
  levers,
}: SeenInputs): Record<string, string> {
  const { scenario, seed } = spec;
  const ofLevers = (year: number) =>
    levers
      .filter(({ fiscal_year }) => fiscal_year === year)
      .map(({ job_level, parameter_name, parameter_value }) =>
        [job_level, parameter_name, parameter_value].join(' '),
      )
      .toSorted();
  return {
    census: censusFingerprint,
    plan_horizon: hash(`${scenario} ${spec.years.first} ${spec.years.last}`),
    lever_catalogue: hash(catalogueValues),
    own_scenarios: hash(JSON.stringify(ownScenarios)),
    workforce_settings: hash(JSON.stringify(settings)),
    ...Object.fromEntries(
      listYears(spec.years).flatMap((year) => [
        [stepId('levers', String(year)), hash(ofLevers(year).join('\n'))],
        [stepId('plan_year', String(year)), hash(`${seed} ${year}`)],
      ]),
    ),
  };
}
