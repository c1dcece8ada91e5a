/** Linear and quadratic programs as the text of a CPLEX LP file, which the solver that is passed in reads. */

/** Coefficients by variable index. */
export type Terms = ReadonlyMap<number, number>;

export interface Constraint {
  readonly terms: Terms;
  readonly relation: '<=' | '>=';
  readonly bound: number;
}

export interface Program {
  /** Lower and upper bound of each variable; Infinity for none. */
  readonly bounds: readonly (readonly [number, number])[];
  readonly constraints: readonly Constraint[];
  readonly linear: Terms;
  /** Coefficients of the squares. */
  readonly squares?: Terms;
}

export interface LpSolution {
  readonly status: string;
  /** By variable name: x0, x1, … */
  readonly columns: Readonly<Record<string, number>>;
}

/** Minimises a program; synchronous, deterministic, knows nothing of what it solves. */
export type SolveLp = (lpText: string) => LpSolution;

const LINE_TERMS = 8;

const signed = (coefficient: number): string => `${coefficient < 0 ? '-' : '+'} ${Math.abs(coefficient)}`;

/** Lines stay short: readers of the format cut long ones. */
function sum(terms: Terms, suffix = ''): string {
  const parts = [...terms]
    .filter(([, coefficient]) => coefficient !== 0)
    .map(([index, coefficient]) => `${signed(coefficient)} x${index}${suffix}`);
  const lines: string[] = [];
  for (let at = 0; at < parts.length; at += LINE_TERMS)
    lines.push(parts.slice(at, at + LINE_TERMS).join(' '));
  return lines.join('\n  ');
}

const boundText = ([low, high]: readonly [number, number], index: number): string => {
  const from = low === -Infinity ? '-inf' : String(low);
  return ` ${from} <= x${index} <= ${high === Infinity ? '+inf' : String(high)}`;
};

/** Text of a program to be minimised. A constraint without terms is left out: nothing can change it. */
export function lpText({ bounds, constraints, linear, squares = new Map() }: Program): string {
  const quadratic = sum(new Map([...squares].map(([index, value]) => [index, 2 * value])), ' ^ 2');
  const rows = constraints
    .map(({ terms, relation, bound }) => ({ left: sum(terms), relation, bound }))
    .filter(({ left }) => left !== '');
  return [
    'Minimize',
    ` obj: ${sum(linear)}${quadratic === '' ? '' : ` + [ ${quadratic} ] / 2`}`,
    'Subject To',
    ...rows.map(({ left, relation, bound }, index) => ` c${index}: ${left} ${relation} ${bound}`),
    'Bounds',
    ...bounds.map(boundText),
    'End',
    '',
  ].join('\n');
}

/** The values of the variables; null when the solver found no optimum. */
export function minimise(program: Program, solve: SolveLp): number[] | null {
  const { status, columns } = solve(lpText(program));
  if (status !== 'Optimal') return null;
  return program.bounds.map(([low, high], index) => Math.min(Math.max(columns[`x${index}`] ?? 0, low), high));
}
