/** Faults of one line in a model's compiled SQL, each of a kind that bookkeeping cannot see, with the check that finds it. */

export interface ModelMutant {
  readonly fault: string;
  readonly model: string;
  /** A piece of the model's compiled SQL, in any layout. */
  readonly line: string;
  readonly instead: string;
  /** The checks that may name it: the first one to find it is among them. */
  readonly found: readonly string[];
}

const draw = (stream: string, person: string): string =>
  `((plan.${stream}_c0 + plan.${stream}_c1 * ${person}.id_high + plan.${stream}_c2 * ${person}.id_low) % 2147483647)`;

const mutant = (
  fault: string,
  model: string,
  line: string,
  instead: string,
  ...found: readonly string[]
): ModelMutant => ({ fault, model, line, instead, found });

export const MODEL_MUTANTS: readonly ModelMutant[] = [
  mutant(
    'promotion without the mean shape',
    'int_promotions',
    '/ mean_shapes.mean_shape',
    '/ 1.0',
    'promotions_by_chance',
  ),
  mutant(
    'promotion by the termination draw',
    'int_promotions',
    draw('promotion', 'eligible'),
    draw('termination', 'eligible'),
    'promotions_by_chance',
  ),
  mutant(
    'the hazard ignored in who leaves',
    'int_terminations',
    '/ opening.termination_hazard',
    '/ 1.0',
    'leavers_by_hazard',
  ),
  mutant(
    'the hazard reversed',
    'int_terminations',
    '/ opening.termination_hazard',
    '* opening.termination_hazard',
    'leavers_by_hazard',
  ),
  mutant('everybody leaves in January', 'int_terminations', '* (plan.days)', '* (31)', 'leaving_dates'),
  mutant(
    'skewed raise months',
    'int_raises',
    'cast(drawn.month_share >= shares.upto_6 as integer)',
    'cast(drawn.month_share >= shares.upto_5 as integer)',
    'raises_by_calendar',
  ),
  mutant(
    'raises without tenure',
    'int_raises',
    'opening.tenure >= 1',
    'opening.tenure >= 0',
    'raises_by_calendar',
  ),
  mutant('promotion at 65', 'int_hazards', 'opening.age < 65', 'opening.age < 66', 'promotions_by_chance'),
  mutant(
    'hires three years older',
    'int_hires',
    'to_years(hire_ages.age)',
    'to_years(hire_ages.age + 3)',
    'hires_by_draw',
  ),
  mutant(
    'hire pay cut to the cent, not rounded',
    'int_hire_pay',
    '+ cast(100 * 4294967294 * 1000000 as hugeint) // 2 as numerator',
    'as numerator',
    'hire_pay',
  ),
  mutant(
    'nobody leaves within two months of the hire',
    'int_terminations',
    'opening.hire_date + 1',
    'opening.hire_date + 60',
    'leaving_dates',
  ),
  mutant(
    'promotion with no tenure',
    'int_hazards',
    'opening.tenure >= 1 and opening.level_id < top.level_id',
    'opening.tenure >= 0 and opening.level_id < top.level_id',
    'promotions_by_chance',
  ),
  mutant(
    'promotion dates by the raise draw',
    'int_promotions',
    'plan.promotion_date_c1',
    'plan.raise_day_c1',
    'promotion_dates',
  ),
  mutant(
    'a promotion dropped only after the leaving day',
    'int_promotions',
    'drawn.promotion_date < terminations.termination_date',
    'drawn.promotion_date <= terminations.termination_date',
    'int_workforce_year_career_holds',
  ),
  mutant('hazard without age', 'int_hazards', '* age_factors.termination_factor', '', 'leavers_by_hazard'),
  mutant(
    'new hires leave in the order of their numbers',
    'int_new_hire_terminations',
    draw('new_hire_termination', 'hires'),
    'hires.person_no % 2',
    'new_hire_leavers_by_draw',
  ),
  mutant(
    'those hired on the last day leave first',
    'int_new_hire_terminations',
    'hires.hire_date = plan.last_day,',
    'hires.hire_date <> plan.last_day,',
    'new_hire_leavers_by_draw',
  ),
  mutant(
    'new hires leave on the day of their hire',
    'int_new_hire_terminations',
    'hires.hire_date + 1',
    'hires.hire_date',
    'hires_by_draw',
  ),
  mutant(
    'a raise on the leaving day',
    'int_raises',
    'dated.raise_date < terminations.termination_date',
    'dated.raise_date <= terminations.termination_date',
    'int_workforce_year_career_holds',
  ),
  mutant('hires born on their birthday', 'int_hires', '- drawn.days_since_birthday', '', 'hires_by_draw'),
  mutant(
    'the raise of the level before a promotion',
    'int_pay_year',
    'workforce.promotion_date <= workforce.raise_date then workforce.closing_level',
    'workforce.promotion_date <= workforce.raise_date then workforce.opening_level',
    'raises_by_calendar',
  ),
  mutant(
    'the raise first on one day',
    'int_pay_year',
    'workforce.raise_date < workforce.promotion_date',
    'workforce.raise_date <= workforce.promotion_date',
    'raises_by_calendar',
  ),
  mutant(
    'pay cut to the cent at the first change',
    'int_pay_year',
    'raise_factor else promotion_factor end) + 500000)',
    'raise_factor else promotion_factor end) + 0)',
    'snapshot_recomputed',
  ),
  mutant(
    'prorated pay without the last day',
    'int_pay_year',
    'coalesce(workforce.termination_date, plan.last_day) + 1',
    'coalesce(workforce.termination_date, plan.last_day)',
    'int_pay_year_pay_holds',
  ),
  mutant('hire pay of another width', 'int_hire_pay', '+ 18 *', '+ 17 *', 'hire_pay'),
  mutant(
    'the baseline a cent too high',
    'int_baseline',
    'census.annual_salary * 100',
    'census.annual_salary * 100 + 1',
    'people_carried_over',
  ),
  mutant(
    'too few leavers',
    'int_headcount_plan',
    'settings.termination_rate * opening.people',
    '(settings.termination_rate - 1000) * opening.people',
    'hire_and_leaver_quotas',
  ),
  mutant('hires rounded down', 'int_headcount_plan', '+ 999999 -', '-', 'hire_and_leaver_quotas'),
  mutant(
    'places left over to the smallest remainder',
    'int_hire_quotas',
    'scaled % total_millionths desc',
    'scaled % total_millionths',
    'hire_and_leaver_quotas',
  ),
  mutant(
    'the leaver states the pay of the year’s start',
    'fct_yearly_events',
    'closing_cents as previous_cents',
    'starting_cents as previous_cents',
    'events_recomputed',
  ),
  mutant(
    'pay of the year’s start as current pay',
    'fct_workforce_snapshot',
    'pay.closing_cents',
    'pay.starting_cents',
    'snapshot_recomputed',
  ),
];
