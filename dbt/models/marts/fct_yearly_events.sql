{{ config(meta={'scope': 'horizon', 'file_order': ['simulation_year', 'employee_id', 'event_sequence']}) }}

with run as (

    select scenario_id from {{ source('state', 'run') }}

),

career as (

    select
        workforce.*,
        {{ employee_id('baseline', 'workforce') }} as employee_id,
        pay.starting_cents,
        pay.promotion_amount_cents,
        pay.raise_amount_cents,
        pay.closing_cents,
        coalesce(workforce.raise_date < workforce.promotion_date, false) as is_raise_first

    from {{ ref('int_workforce_year') }} as workforce
    inner join {{ ref('int_pay_year') }} as pay
        on workforce.simulation_year = pay.simulation_year
        and workforce.person_no = pay.person_no
    left join {{ ref('int_baseline') }} as baseline on workforce.person_no = baseline.person_no

    where workforce.hired_in_year
        or workforce.termination_date is not null
        or workforce.promotion_date is not null
        or workforce.raise_date is not null

),

hires as (

    select
        career.simulation_year,
        1 as event_sequence,
        career.employee_id,
        'hire' as event_type,
        'hire' as event_category,
        career.hire_date as effective_date,
        cast(null as integer) as level_before,
        career.opening_level as level_after,
        cast(null as bigint) as previous_cents,
        career.starting_cents as amount_cents,
        cast(null as double) as probability,
        levers.parameter_source

    from career
    inner join {{ ref('int_hire_adjustments') }} as levers
        on career.simulation_year = levers.fiscal_year
        and career.opening_level = levers.level_id
    where career.hired_in_year

),

promotions as (

    select
        career.simulation_year,
        case when career.is_raise_first then 2 else 1 end as event_sequence,
        career.employee_id,
        'promotion' as event_type,
        'promotion' as event_category,
        career.promotion_date as effective_date,
        career.opening_level as level_before,
        career.closing_level as level_after,
        career.starting_cents + case when career.is_raise_first then career.raise_amount_cents else 0 end
            as previous_cents,
        career.promotion_amount_cents as amount_cents,
        career.promotion_probability as probability,
        levers.parameter_source

    from career
    inner join {{ ref('int_promotion_probabilities') }} as levers
        on career.simulation_year = levers.fiscal_year
        and career.opening_level = levers.level_id
    where career.promotion_date is not null

),

raises as (

    select
        career.simulation_year,
        case when career.promotion_date is null or career.is_raise_first then 1 else 2 end as event_sequence,
        career.employee_id,
        'raise' as event_type,
        'raise' as event_category,
        career.raise_date as effective_date,
        levers.level_id as level_before,
        levers.level_id as level_after,
        career.starting_cents
        + case when career.is_raise_first then 0 else coalesce(career.promotion_amount_cents, 0) end
            as previous_cents,
        career.raise_amount_cents as amount_cents,
        cast(null as double) as probability,
        levers.parameter_source

    from career
    inner join {{ ref('int_raise_rates') }} as levers
        on career.simulation_year = levers.fiscal_year
        and levers.level_id = case
            when career.promotion_date <= career.raise_date then career.closing_level
            else career.opening_level
        end
    where career.raise_date is not null

),

terminations as (

    select
        simulation_year,
        1
        + cast(hired_in_year as integer)
        + cast(promotion_date is not null as integer)
        + cast(raise_date is not null as integer) as event_sequence,
        employee_id,
        'termination' as event_type,
        case when hired_in_year then 'new_hire_termination' else 'experienced_termination' end as event_category,
        termination_date as effective_date,
        closing_level as level_before,
        cast(null as integer) as level_after,
        closing_cents as previous_cents,
        cast(null as bigint) as amount_cents,
        termination_hazard as probability,
        cast(null as varchar) as parameter_source

    from career
    where termination_date is not null

),

events as (

    select * from hires
    union all
    select * from promotions
    union all
    select * from raises
    union all
    select * from terminations

)

select
    run.scenario_id,
    events.simulation_year,
    events.event_sequence,
    events.employee_id,
    events.event_type,
    events.event_category,
    events.effective_date,
    events.level_before,
    events.level_after,
    {{ dollars('events.previous_cents') }} as previous_compensation,
    {{ dollars('coalesce(events.previous_cents, 0) + events.amount_cents') }} as new_compensation,
    events.probability,
    events.parameter_source

from events
cross join run
