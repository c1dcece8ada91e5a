with changes as (

    select
        employee_id,
        simulation_year,
        arg_max(new_compensation, event_sequence) as pay,
        arg_max(level_after, event_sequence) as level_id

    from {{ ref('fct_yearly_events') }}
    where event_type <> 'termination'
    group by all

),

moves as (

    select
        employee_id,
        max(simulation_year) filter (where event_type = 'hire') as hired_in,
        max(simulation_year) filter (where event_type = 'termination') as left_in,
        max(effective_date) filter (where event_type = 'termination') as termination_date

    from {{ ref('fct_yearly_events') }}
    where event_type in ('hire', 'termination')
    group by all

),

baseline as (

    select
        census.employee_id,
        any_value(census.annual_salary) as pay,
        coalesce(any_value(census.job_level), max(job_levels.level_id), 1) as level_id

    from {{ source('state', 'census') }} as census
    left join {{ ref('config_job_levels') }} as job_levels on census.annual_salary >= job_levels.min_pay
    where census.termination_date is null
    group by all

),

replayed as (

    select
        snapshot.*,
        coalesce(changes.pay, baseline.pay) as expected_pay,
        coalesce(changes.level_id, baseline.level_id) as expected_level,
        coalesce(preceding.pay, baseline.pay) as expected_opening,
        moves.hired_in,
        moves.left_in,
        moves.termination_date as expected_termination

    from {{ ref('fct_workforce_snapshot') }} as snapshot
    asof left join changes
        on snapshot.employee_id = changes.employee_id
        and snapshot.simulation_year >= changes.simulation_year
    asof left join changes as preceding
        on snapshot.employee_id = preceding.employee_id
        and snapshot.simulation_year > preceding.simulation_year
    left join baseline on snapshot.employee_id = baseline.employee_id
    left join moves on snapshot.employee_id = moves.employee_id

)

select
    employee_id,
    simulation_year,
    current_compensation,
    expected_pay,
    opening_compensation,
    expected_opening,
    level_id,
    expected_level,
    termination_date,
    expected_termination

from replayed

where current_compensation is distinct from expected_pay
    or level_id is distinct from expected_level
    or opening_compensation is distinct from case when hired_in is distinct from simulation_year then expected_opening end
    or termination_date is distinct from case when left_in = simulation_year then expected_termination end
    or simulation_year > left_in
    or simulation_year < hired_in
