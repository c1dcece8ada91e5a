/** What the oracle is given, and what it keeps of a person. */
import type { RuleTables } from './rule-tables.js';

/** A row of the census; dates ISO, pay as text with two places. */
export interface CensusRow {
  readonly employee_id: string;
  readonly birth_date: string;
  readonly hire_date: string;
  readonly termination_date: string | null;
  readonly annual_salary: string;
  readonly job_level: number | null;
}

/** A lever row; the value as text, so that it stays exact. */
export interface LeverText {
  readonly scenario_id: string;
  readonly fiscal_year: number;
  readonly job_level: number;
  readonly event_type: string;
  readonly parameter_name: string;
  readonly parameter_value: string;
}

export interface Company {
  readonly people: readonly CensusRow[];
  readonly levers: readonly LeverText[];
  readonly tables: RuleTables;
  readonly scenario: string;
  /** Rates in millionths. */
  readonly settings: {
    readonly headcount_growth: number;
    readonly termination_rate: number;
    readonly new_hire_termination_rate: number;
  };
  readonly years: { readonly first: number; readonly last: number };
  readonly seed: number;
}

/** A person as the year opens, or as hired in it. Days since 1970, pay in cents. */
export interface Person {
  readonly id: string;
  /** Breaks ties: rank by id among the baseline's actives; year · 10⁷ + hire number for a hire. */
  readonly number: number;
  readonly birth: number;
  readonly hire: number;
  readonly level: number;
  readonly pay: bigint;
}
