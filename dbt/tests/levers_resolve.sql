with recursive run as (

    select * from {{ source('state', 'run') }}

),

scenarios as (

    select scenario_id, parent_id from {{ ref('scenarios') }}

    union all

    select scenario_id, parent_id from {{ source('state', 'own_scenarios') }}

),

-- The scenario and those it inherits from, nearest first; a scenario without a parent stands on the default one.
lineage as (

    select run.scenario_id, 1 as distance from run

    union all

    select
        coalesce(nullif(scenarios.parent_id, ''), 'default') as scenario_id,
        lineage.distance + 1 as distance

    from lineage
    left join scenarios on lineage.scenario_id = scenarios.scenario_id
    where lineage.scenario_id <> 'default'
        and lineage.distance < 100

),

wanted as (

    select distinct
        years.fiscal_year,
        levels.job_level,
        parameters.parameter_name,
        -- Only a lever that no row of the set names has one.
        case
            when parameters.parameter_name not in (select parameter_name from {{ source('state', 'levers') }})
                then parameters.neutral_value
        end as neutral_value

    from run, unnest(range(run.first_year, run.last_year + 1)) as years (fiscal_year)
    cross join (select level_id as job_level from {{ ref('config_job_levels') }}) as levels
    cross join {{ source('state', 'lever_catalogue') }} as parameters

),

expected as (

    select
        wanted.fiscal_year,
        wanted.job_level,
        wanted.parameter_name,
        coalesce(lineage.scenario_id, case when wanted.neutral_value is not null then 'default' end) as scenario_id,
        coalesce(levers.parameter_value, wanted.neutral_value) as parameter_value

    from wanted
    left join {{ source('state', 'levers') }} as levers
        on wanted.fiscal_year = levers.fiscal_year
        and wanted.job_level = levers.job_level
        and wanted.parameter_name = levers.parameter_name
        and levers.scenario_id in (select scenario_id from lineage)
    left join lineage on levers.scenario_id = lineage.scenario_id
    qualify row_number() over (
        partition by wanted.fiscal_year, wanted.job_level, wanted.parameter_name order by lineage.distance
    ) = 1

)

select
    coalesce(expected.fiscal_year, resolved.fiscal_year) as fiscal_year,
    coalesce(expected.job_level, resolved.level_id) as job_level,
    coalesce(expected.parameter_name, resolved.parameter_name) as parameter_name,
    expected.scenario_id as expected_source,
    resolved.parameter_source,
    expected.parameter_value as expected_value,
    resolved.parameter_value

from expected
full outer join {{ ref('int_effective_parameters') }} as resolved
    on expected.fiscal_year = resolved.fiscal_year
    and expected.job_level = resolved.level_id
    and expected.parameter_name = resolved.parameter_name

where resolved.parameter_value is null
    or resolved.parameter_value is distinct from expected.parameter_value
    or resolved.parameter_source is distinct from expected.scenario_id
