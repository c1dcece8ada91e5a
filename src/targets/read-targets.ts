/** The targets of a request as one run uses them: read from a file or from the request, of its scenario and years. */
import {
  targetsDocument,
  type LeverLimit,
  type TargetGoal,
  type TargetInput,
  type TargetsDocument,
} from './targets.contract.js';
import { brokenRule } from '../shared/contract/rule.contract.js';
import type { PlanYears } from '../shared/contract/years.contract.js';
import { throwCsvErrors } from '../shared/files/csv-table.js';
import { failure } from '../shared/errors/errors.js';
import { parseJson, readSource } from './read-source.js';
import { checkLimitYears } from './read-limits.js';
import { parseTargets, type TargetRow } from './targets-file.js';

export interface RunTargets {
  readonly goals: readonly TargetGoal[];
  readonly limits: readonly LeverLimit[];
  /** What was left out, and why. */
  readonly notices: readonly string[];
}

export interface TargetScope {
  readonly scenario: string;
  readonly years: PlanYears;
}

/**
 * @param source of a JSON document, names it in errors; of a path, the file itself is named
 * @throws MeritloopError FILE_MISSING, FILE_UNREADABLE, COLUMN_MISSING, ROW_INVALID, REQUEST_INVALID
 */
export async function readTargets(
  input: string | readonly TargetInput[] | TargetsDocument,
  scope: TargetScope,
  source = 'request',
): Promise<RunTargets> {
  if (typeof input !== 'string')
    return fromDocument('limits' in input ? input : { targets: [...input], limits: [] }, scope, source);
  const text = await readSource(input, 'targets');
  if (input.toLowerCase().endsWith('.json')) return fromDocument(parseDocument(text, input), scope, input);
  return fromRows(parseTargets(text, input), scope, input);
}

function fromRows(rows: readonly TargetRow[], scope: TargetScope, source: string): RunTargets {
  const ours = rows.filter(({ scenario_id }) => scenario_id === scope.scenario);
  throwCsvErrors(
    source,
    outside(ours, scope).map(({ line, fiscal_year }) => ({
      line,
      field: 'fiscal_year',
      value: String(fiscal_year),
      rule: yearRule(scope),
    })),
  );
  if (ours.length === 0)
    throwCsvErrors(source, [
      { line: rows[0]?.line ?? 1, field: 'scenario_id', value: scenariosOf(rows), rule: scenarioRule(scope) },
    ]);
  return {
    goals: ours.map(({ line: _line, ...goal }) => goal),
    limits: [],
    notices: leftOut(rows, ours, scope),
  };
}

function fromDocument({ targets, limits }: TargetsDocument, scope: TargetScope, source: string): RunTargets {
  const refuse = (field: string, value: string, rule: string) =>
    failure('REQUEST_INVALID', { source, field, value, rule });
  const rows = targets.map(({ scenario_id = scope.scenario, metric_name, target_value, ...rest }, index) => ({
    ...rest,
    scenario_id,
    metric: metric_name,
    value: target_value,
    index,
  }));
  const ours = rows.filter(({ scenario_id }) => scenario_id === scope.scenario);
  const [late] = outside(ours, scope);
  if (late !== undefined)
    throw refuse(`targets.${late.index}.fiscal_year`, String(late.fiscal_year), yearRule(scope));
  if (ours.length === 0) throw refuse('targets.0.scenario_id', scenariosOf(rows), scenarioRule(scope));
  checkLimitYears(limits, scope.years, source);
  return {
    goals: ours.map(({ index: _index, ...goal }) => goal),
    limits,
    notices: leftOut(rows, ours, scope),
  };
}

const outside = <Goal extends TargetGoal>(goals: readonly Goal[], { years }: TargetScope): Goal[] =>
  goals.filter(({ fiscal_year }) => fiscal_year < years.first || fiscal_year > years.last);

const yearRule = ({ years }: TargetScope): string =>
  `must be a plan year of the run, ${years.first} to ${years.last}`;

const scenarioRule = ({ scenario }: TargetScope): string =>
  `has no target for scenario ${scenario}, which the run tunes`;

const scenariosOf = (goals: readonly TargetGoal[]): string =>
  goals.length === 0 ? 'none' : [...new Set(goals.map(({ scenario_id }) => scenario_id))].join(', ');

function leftOut(
  all: readonly TargetGoal[],
  ours: readonly TargetGoal[],
  { scenario }: TargetScope,
): string[] {
  const others = all.filter(({ scenario_id }) => scenario_id !== scenario);
  if (others.length === 0) return [];
  return [
    `${others.length} targets of other scenarios (${scenariosOf(others)}) were left out; ${ours.length} hold`,
  ];
}

function parseDocument(text: string, file: string): TargetsDocument {
  const input = parseJson(text, file, 'targets');
  const parsed = targetsDocument.safeParse(Array.isArray(input) ? { targets: input } : input);
  if (parsed.success) return parsed.data;
  throw failure('REQUEST_INVALID', { source: file, ...brokenRule(targetsDocument, parsed.error, input) });
}
