/** The rows that the oracle and the models are compared by: dates ISO, money as text with two places. */

export interface EventRow {
  readonly scenario_id: string;
  readonly simulation_year: number;
  readonly event_sequence: number;
  readonly employee_id: string;
  readonly event_type: 'hire' | 'promotion' | 'raise' | 'termination';
  readonly event_category: string;
  readonly effective_date: string;
  readonly level_before: number | null;
  readonly level_after: number | null;
  readonly previous_compensation: string | null;
  readonly new_compensation: string | null;
  readonly probability: number | null;
  readonly parameter_source: string | null;
}

export interface SnapshotRow {
  readonly scenario_id: string;
  readonly simulation_year: number;
  readonly employee_id: string;
  readonly birth_date: string;
  readonly hire_date: string;
  readonly termination_date: string | null;
  readonly age: number;
  readonly tenure: number;
  readonly level_id: number;
  readonly opening_compensation: string | null;
  readonly current_compensation: string;
  readonly prorated_compensation: string;
  readonly employment_status: 'active' | 'terminated';
  readonly detailed_status_code: string;
}

/** The actives at the end of a year, or of the baseline; pay in USD. */
export interface PayRow {
  readonly simulation_year: number;
  readonly closing: number;
  readonly payroll: number;
  readonly mean_pay: number;
  readonly median_pay: number;
  readonly prorated_mean_pay: number;
}

/** Growth in percent, its parts in pp, pay in USD. */
export interface GrowthRow extends PayRow {
  readonly scenario_id: string;
  readonly opening: number;
  readonly hires: number;
  readonly experienced_terminations: number;
  readonly new_hire_terminations: number;
  readonly promotions: number;
  readonly raises: number;
  readonly stayers: number;
  readonly continuous_active_pay: number;
  readonly new_hire_active_pay: number;
  readonly experienced_termination_pay: number;
  readonly new_hire_termination_pay: number;
  readonly matched_cohort_growth: number | null;
  readonly growth: number;
  readonly raises_growth: number;
  readonly promotions_growth: number;
  readonly hires_growth: number;
  readonly leavers_growth: number;
  readonly cash_paid: number;
}
