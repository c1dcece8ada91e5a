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

parameters as (

    select
        ordinal,
        event_type,
        parameter_name,
        effect,
        -- A lever that the whole set does not know changes nothing; one that it knows is looked for, year by level.
        case when parameter_name not in (select parameter_name from levers) then neutral_value end as neutral_value

    from {{ source('state', 'lever_catalogue') }}

),

keys as (

    select
        cast(years.fiscal_year as integer) as fiscal_year,
        job_levels.level_id,
        parameters.ordinal,
        parameters.event_type,
        parameters.parameter_name,
        parameters.effect,
        parameters.neutral_value

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
    coalesce(nearest.lever.parameter_value, keys.neutral_value) as parameter_value,
    coalesce(nearest.lever.scenario_id, case when keys.neutral_value is not null then 'default' end) as parameter_source,
    coalesce(nearest.lever.is_locked, case when keys.neutral_value is not null then false end) as is_locked,
    nearest.lever.created_at as created_at,
    nearest.lever.created_by as created_by,
    keys.ordinal,
    keys.effect

from keys
left join nearest
    on keys.fiscal_year = nearest.fiscal_year
    and keys.level_id = nearest.level_id
    and keys.parameter_name = nearest.parameter_name
