{{ config(materialized='table') }}

with recursive run as (

    select * from {{ source('state', 'run') }}

),

scenarios as (

    select * from {{ ref('stg_scenarios') }}

),

levers as (

    select * from {{ ref('stg_levers') }}

),

chain as (

    select scenario_id, 0 as depth from run

    union all

    -- A scenario that stands only in a lever file inherits from the default one.
    select coalesce(scenarios.parent_id, 'default') as scenario_id, chain.depth + 1 as depth
    from chain
    left join scenarios on chain.scenario_id = scenarios.scenario_id
    where chain.scenario_id <> 'default'

),

parameters (event_type, parameter_name) as (

    values
    ('RAISE', 'merit_base'),
    ('RAISE', 'cola_rate'),
    ('PROMOTION', 'promotion_probability'),
    ('PROMOTION', 'promotion_raise'),
    ('HIRE', 'new_hire_salary_adjustment')

),

keys as (

    select
        cast(years.fiscal_year as integer) as fiscal_year,
        job_levels.level_id,
        parameters.event_type,
        parameters.parameter_name

    from run, unnest(range(run.first_year, run.last_year + 1)) as years (fiscal_year)
    cross join {{ ref('stg_job_levels') }} as job_levels
    cross join parameters

),

nearest as (

    select
        levers.fiscal_year,
        levers.level_id,
        levers.parameter_name,
        arg_min(levers, chain.depth) as lever

    from levers
    inner join chain on levers.scenario_id = chain.scenario_id

    group by all

)

select
    keys.fiscal_year,
    keys.level_id,
    keys.event_type,
    keys.parameter_name,
    nearest.lever.parameter_value as parameter_value,
    nearest.lever.scenario_id as parameter_source,
    nearest.lever.is_locked as is_locked,
    nearest.lever.created_at as created_at,
    nearest.lever.created_by as created_by

from keys
left join nearest
    on keys.fiscal_year = nearest.fiscal_year
    and keys.level_id = nearest.level_id
    and keys.parameter_name = nearest.parameter_name
