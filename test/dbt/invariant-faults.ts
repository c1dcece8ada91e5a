/** Faults written into a simulated database, each with the rules that must find it. */
const EVENTS = 'fct_yearly_events';
const SNAPSHOT = 'fct_workforce_snapshot';

/** The first such row, by person and year. */
const one = (table: string, where: string) =>
  `rowid = (select rowid from ${table} where ${where} order by employee_id, simulation_year limit 1)`;
const change = (table: string, set: string, where: string) =>
  `update ${table} set ${set} where ${one(table, where)}`;
const lever = (set: string) =>
  `update int_effective_parameters set ${set} where parameter_name = 'cola_rate' and fiscal_year = 2027 and level_id = 2`;

/** Some rules follow from others, so a fault of theirs breaks those too (HC-1 follows from HC-2 and HC-3). */
export const FAULTS: ReadonlyArray<readonly [fault: string, sql: string, found: readonly string[]]> = [
  [
    'HC-1: a hire without its event',
    `delete from ${EVENTS} where ${one(EVENTS, "event_type = 'hire'")}`,
    ['HC-1', 'HC-3', 'ID-1', 'PAY-1', 'PAY-2', 'PAY-4'],
  ],
  [
    'HC-2: another growth was asked for',
    'update state.settings set headcount_growth = headcount_growth + 1000',
    ['HC-2', 'HC-3'],
  ],
  [
    'HC-3: another leaving rate was asked for',
    'update state.settings set termination_rate = termination_rate + 1200',
    ['HC-3'],
  ],
  [
    'HC-3: another early leaving rate was asked for',
    'update state.settings set new_hire_termination_rate = 270000',
    ['HC-3'],
  ],
  [
    'HC-3: hires at other levels than their shares',
    'update config_hire_levels set share = case level_id when 1 then 0.3 when 2 then 0.4 else share end',
    ['HC-3'],
  ],
  [
    'ID-1: a person twice in a year',
    `insert into ${SNAPSHOT} select * from ${SNAPSHOT} where ${one(SNAPSHOT, 'termination_date is not null')}`,
    ['ID-1'],
  ],
  [
    'ID-1: another birth date than in the census',
    change(SNAPSHOT, 'birth_date = birth_date - 1', 'simulation_year = 2026 and day(birth_date) = 15'),
    ['ID-1'],
  ],
  [
    'ID-1: a short hire id',
    `update ${EVENTS} set employee_id = 'NH_2025_1' where employee_id = 'NH_2025_0000001';
    update ${SNAPSHOT} set employee_id = 'NH_2025_1' where employee_id = 'NH_2025_0000001'`,
    ['ID-1'],
  ],
  [
    'ID-1: a number left out',
    `update ${EVENTS} set employee_id = 'NH_2025_0009999' where employee_id = 'NH_2025_0000001';
    update ${SNAPSHOT} set employee_id = 'NH_2025_0009999' where employee_id = 'NH_2025_0000001'`,
    ['ID-1'],
  ],
  [
    'ID-2: a second raise in a year',
    `insert into ${EVENTS}
    select * replace (event_sequence + 1 as event_sequence, new_compensation as previous_compensation)
    from ${EVENTS} where ${one(EVENTS, "event_type = 'raise' and simulation_year = 2029")}`,
    ['ID-2', 'PAY-3'],
  ],
  [
    'EV-1: a raise after leaving',
    `update ${EVENTS} set effective_date = make_date(simulation_year, 12, 31), event_sequence = 3
    where (employee_id, simulation_year) in (
      select (employee_id, simulation_year) from ${EVENTS}
      group by all having count(*) = 2 and bool_or(event_type = 'raise') and bool_or(event_type = 'termination')
      order by all limit 1) and event_type = 'raise'`,
    ['EV-1', 'EV-2', 'PAY-1', 'PAY-4'],
  ],
  [
    'EV-1: a date in another year',
    change(EVENTS, 'effective_date = effective_date - to_years(1)', "event_type = 'raise'"),
    ['EV-1', 'PAY-4'],
  ],
  [
    'EV-2: counting from 2',
    change(
      EVENTS,
      'event_sequence = 2',
      `(employee_id, simulation_year) in (
    select (employee_id, simulation_year) from ${EVENTS} group by all having count(*) = 1)`,
    ),
    ['EV-2'],
  ],
  ['EV-2: an unknown category', change(EVENTS, "event_category = 'merit'", "event_type = 'raise'"), ['EV-2']],
  [
    'PAY-1: a cent off the pay before',
    change(EVENTS, 'previous_compensation = previous_compensation + 0.01', "event_type = 'termination'"),
    ['PAY-1'],
  ],
  [
    'PAY-2: a cent off the current pay',
    change(SNAPSHOT, 'current_compensation = current_compensation + 0.01', 'termination_date is null'),
    ['PAY-2'],
  ],
  [
    'PAY-2: a level too high',
    change(SNAPSHOT, 'level_id = level_id + 1', 'simulation_year = 2029 and level_id = 2'),
    ['LV-1', 'PAY-2'],
  ],
  [
    'PAY-2: another leaving date',
    change(
      SNAPSHOT,
      'termination_date = termination_date - 1',
      'month(termination_date) > 6 and year(hire_date) < simulation_year',
    ),
    ['PAY-2', 'PAY-4'],
  ],
  [
    'PAY-3: another cola than resolved',
    `${lever('parameter_value = parameter_value + 0.000001')};
    update state.levers set parameter_value = parameter_value + 0.000001
    where parameter_name = 'cola_rate' and fiscal_year = 2027 and job_level = 2`,
    ['PAY-3'],
  ],
  [
    'PAY-3: another hire midpoint',
    'update config_job_levels set hire_midpoint = 60000 where level_id = 1',
    ['PAY-3'],
  ],
  [
    'PAY-4: a cent off the prorated pay',
    change(SNAPSHOT, 'prorated_compensation = prorated_compensation - 0.01', 'simulation_year = 2027'),
    ['PAY-4'],
  ],
  [
    'PAY-4: a leap year of 365 days',
    change(
      SNAPSHOT,
      'prorated_compensation = round(prorated_compensation * 366 / 365, 2)',
      'simulation_year = 2028 and termination_date is not null',
    ),
    ['PAY-4'],
  ],
  [
    'LV-1: a promotion by two levels',
    change(
      EVENTS,
      'level_after = level_after + 1',
      `event_type = 'promotion' and level_after = 2 and (employee_id, simulation_year) in (
    select (employee_id, simulation_year) from ${EVENTS} where event_type = 'raise' and month(effective_date) = 12)`,
    ),
    ['LV-1'],
  ],
  [
    'LV-1: a leaver at another level',
    change(
      EVENTS,
      'level_before = level_before + 1',
      `event_type = 'termination' and level_before = 2 and employee_id in (
    select employee_id from ${EVENTS} where event_type = 'raise')`,
    ),
    ['LV-1'],
  ],
  ['AGE-1: a year too old', change(SNAPSHOT, 'age = age + 1', 'simulation_year = 2028'), ['AGE-1']],
  [
    'AGE-1: a year of tenure too many',
    change(SNAPSHOT, 'tenure = tenure + 1', 'simulation_year = 2028'),
    ['AGE-1'],
  ],
  [
    'ST-1: stayers said to be new',
    change(
      SNAPSHOT,
      "detailed_status_code = 'new_hire_active'",
      "detailed_status_code = 'continuous_active'",
    ),
    ['ST-1'],
  ],
  [
    'ST-1: leavers said to be active',
    change(SNAPSHOT, "employment_status = 'active'", "employment_status = 'terminated'"),
    ['ST-1'],
  ],
  ['PAR-1: another source', lever("parameter_source = 'other'"), ['PAR-1']],
  [
    'PAR-1: a lever that does not resolve',
    `update int_effective_parameters set parameter_value = null
    where parameter_name = 'promotion_probability' and fiscal_year = 2027 and level_id = 2`,
    ['PAR-1'],
  ],
  [
    'PAR-1: a nearer scenario passed over',
    `update state.run set scenario_id = 'nearer'; insert into state.levers
    select * replace ('nearer' as scenario_id, 0.05 as parameter_value) from state.levers where parameter_name = 'cola_rate' and fiscal_year = 2027 and job_level = 2`,
    ['PAR-1'],
  ],
  ['CFG-1: hire ages above 1', 'update config_hire_ages set share = 0.06 where age = 22', ['CFG-1']],
  ['CFG-1: a month twice', 'update config_raise_months set month = 11 where month = 12', ['CFG-1']],
  ['CFG-1: bands that overlap', "insert into config_promotion_shape values ('age', 35, 2)", ['CFG-1']],
  [
    'CFG-1: a gap below the first band',
    "update config_termination_hazard set lower_bound = 1 where dimension = 'tenure' and lower_bound = 0",
    ['CFG-1'],
  ],
  [
    'CFG-1: a level without its factor',
    "delete from config_termination_hazard where dimension = 'level' and lower_bound = 3",
    ['CFG-1'],
  ],
  [
    'CFG-1: two levels from the same minimum',
    'update config_job_levels set min_pay = 56000 where level_id = 2',
    ['CFG-1'],
  ],
];

const otherDraw = (stream: string) =>
  `update state.plan_years set ${stream}_c1 = ${stream}_c1 + 1 where simulation_year = 2027`;

/** What the recomputing rules alone must find: chance by another law than the one that made the tables. */
export const RECOMPUTED_FAULTS: ReadonlyArray<
  readonly [fault: string, sql: string, found: readonly string[]]
> = [
  [
    'CH-1: leavers by other hazards',
    "update config_termination_hazard set factor = factor * 2 where dimension = 'tenure' and lower_bound = 2",
    ['CH-1', 'RE-1'],
  ],
  ['CH-1: leavers by another draw', otherDraw('termination'), ['CH-1']],
  ['CH-2: new hires leave by another draw', otherDraw('new_hire_termination'), ['CH-2']],
  ['CH-3: leaving days by another draw', otherDraw('termination_date'), ['CH-3']],
  ['CH-4: promotions by another draw', otherDraw('promotion'), ['CH-4']],
  [
    'CH-4: promotions of another shape',
    "update config_promotion_shape set factor = 3 where dimension = 'age' and lower_bound = 25",
    ['CH-4', 'CH-5'],
  ],
  ['CH-5: promotion days by another draw', otherDraw('promotion_date'), ['CH-4', 'CH-5']],
  ['CH-6: raise days by another draw', otherDraw('raise_day'), ['CH-6', 'RE-1', 'RE-2']],
  [
    'CH-6: raises in other months',
    'update config_raise_months set share = case month when 1 then 0.03 when 2 then 0.28 else share end',
    ['CH-6', 'RE-1', 'RE-2'],
  ],
  ['CH-7: hire ages by another draw', otherDraw('hire_age'), ['CH-7']],
  ['CH-7: hire days by another draw', otherDraw('hire_date'), ['CH-7']],
  ['CH-7: new hires leave on days of another draw', otherDraw('new_hire_termination_date'), ['CH-7']],
  ['CH-8: hire pay by another draw', otherDraw('hire_pay'), ['CH-8']],
  [
    'CH-9: a new hire twice',
    `insert into ${SNAPSHOT} select * from ${SNAPSHOT} where ${one(SNAPSHOT, "detailed_status_code = 'new_hire_termination'")}`,
    ['CH-7', 'CH-9', 'ID-1', 'RE-1'],
  ],
  [
    'RE-1: an event in a year that is none of the plan’s',
    `insert into ${EVENTS} select * replace (2031 as simulation_year) from ${EVENTS} where ${one(EVENTS, "event_type = 'raise'")}`,
    ['EV-1', 'PAY-1', 'PAY-3', 'RE-1'],
  ],
  [
    'RE-3: somebody in a year that is none of the plan’s',
    `insert into ${SNAPSHOT} select * replace (2031 as simulation_year) from ${SNAPSHOT} where ${one(SNAPSHOT, 'simulation_year = 2027')}`,
    ['AGE-1', 'HC-2', 'PAY-2', 'PAY-4', 'RE-3'],
  ],
  [
    'RE-1: an event of another scenario’s lever',
    change(EVENTS, "parameter_source = 'other'", "event_type = 'hire'"),
    ['RE-1'],
  ],
  [
    'RE-2: a year too old',
    change(
      SNAPSHOT,
      'age = age + 1',
      'simulation_year = 2029 and termination_date is not null and year(hire_date) = 2029',
    ),
    ['AGE-1', 'RE-2'],
  ],
  [
    'RE-3: born on another day than in the census',
    'update state.census set birth_date = birth_date - 1 where employee_id = (select min(employee_id) from state.census where termination_date is null and day(birth_date) = 15)',
    ['ID-1', 'RE-3'],
  ],
  [
    'ID-3: a reserved id in the census',
    `insert into state.census select * replace ('NH_2020_1' as employee_id) from state.census where termination_date is not null limit 1`,
    ['ID-1', 'ID-3'],
  ],
];
