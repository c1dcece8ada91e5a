/** Counts checks that read the same relation in one scan of it. Pure: checks in, SQL out. */
import type { PlanCheck } from './plan.js';

/** One statement whose only row counts the violations of each check, in columns `c0`, `c1` and so on. */
export interface CheckCount {
  readonly checks: readonly PlanCheck[];
  readonly sql: string;
}

/** What a check of that form says of each row, or of each year, of a relation. */
interface RuleOfRelation {
  readonly check: PlanCheck;
  readonly rule: string;
  readonly ofYears: boolean;
}

/**
 * `… select … from RELATION where not coalesce(RULE, false)`, or of years: `group by simulation_year having not …`.
 * No `select` stands after the last one, so neither columns nor rule hide a query of their own.
 */
const FORM =
  /^(?<given>[^]*)\bselect\b(?:(?!\bselect\b)[^])*?\bfrom\s+(?<relation>\S+)\s+(?<kind>where|group\s+by\s+simulation_year\s+having)\s+not\s+coalesce\((?<rule>(?:(?!\bselect\b)[^])*),\s*false\s*\)\s*$/;

const alone = (check: PlanCheck): CheckCount => ({
  checks: [check],
  sql: `select count(*) as c0 from (${check.sql})`,
});

const violationsOf = ({ rule, ofYears }: RuleOfRelation, index: number): string =>
  ofYears
    ? `cast(not coalesce(${rule}, false) as bigint) as c${index}`
    : `count(*) - count(*) filter (where ${rule}) as c${index}`;

/** Whether the first parenthesis that the rule stands in closes behind it, and not in its middle. */
function isOneExpression(rule: string | undefined): rule is string {
  if (rule === undefined) return false;
  let depth = 0;
  for (const sign of rule) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function together(source: string, rules: readonly RuleOfRelation[]): CheckCount {
  const counts = rules.map(violationsOf).join(',\n');
  const sums = rules.map((_, index) => `coalesce(sum(c${index}), 0) as c${index}`).join(', ');
  const byYear = rules.some(({ ofYears }) => ofYears) ? 'group by simulation_year' : '';
  const [given = '', relation = ''] = JSON.parse(source) as string[];
  return {
    checks: rules.map(({ check }) => check),
    sql: `select ${sums} from (${given} select ${counts} from ${relation} ${byYear})`,
  };
}

/** @returns each check once: those of one relation in one statement, the others alone. */
export function countedTogether(checks: readonly PlanCheck[]): CheckCount[] {
  const bySource = new Map<string, RuleOfRelation[]>();
  const counts: CheckCount[] = [];
  for (const check of checks) {
    const { given, relation, kind, rule } = FORM.exec(check.sql)?.groups ?? {};
    if (given === undefined || relation === undefined || kind === undefined || !isOneExpression(rule)) {
      counts.push(alone(check));
      continue;
    }
    const source = JSON.stringify([given.trim(), relation]);
    const rules = bySource.get(source) ?? [];
    bySource.set(source, [...rules, { check, rule, ofYears: kind !== 'where' }]);
  }
  return [...counts, ...[...bySource].map(([source, rules]) => together(source, rules))];
}
