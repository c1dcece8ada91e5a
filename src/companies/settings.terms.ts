/** The settings of a company that are one number each, with unit, range and what they mean. Levels have theirs beside. */

export interface SettingTerm {
  readonly name: string;
  readonly label: string;
  readonly unit: 'year' | 'decimal rate' | 'number';
  readonly range: readonly [low: number, high: number];
  readonly meaning: string;
}

export const SETTINGS: readonly SettingTerm[] = [
  {
    name: 'start_year',
    label: 'First plan year',
    unit: 'year',
    range: [2020, 2060],
    meaning: 'the year after the census',
  },
  {
    name: 'end_year',
    label: 'Last plan year',
    unit: 'year',
    range: [2020, 2060],
    meaning: 'not before the first',
  },
  {
    name: 'random_seed',
    label: 'Random seed',
    unit: 'number',
    range: [0, 2_147_483_647],
    meaning: 'what chance follows from',
  },
  {
    name: 'headcount_growth',
    label: 'Headcount growth',
    unit: 'decimal rate',
    range: [-0.5, 0.5],
    meaning: 'closing headcount of a year over its opening',
  },
  {
    name: 'total_termination_rate',
    label: 'Attrition',
    unit: 'decimal rate',
    range: [0, 0.95],
    meaning: 'leavers of a year among those who open it',
  },
  {
    name: 'new_hire_termination_rate',
    label: 'Attrition of new hires',
    unit: 'decimal rate',
    range: [0, 0.95],
    meaning: 'hires who leave in the year of their hire',
  },
];

/** What a level's settings are called in `company set LEVEL.min=…`. */
export const LEVEL_SETTINGS = ['min', 'mid', 'max', 'hire_share'] as const;
