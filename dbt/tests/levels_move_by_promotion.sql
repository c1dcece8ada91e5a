with steps as (

    select
        employee_id,
        simulation_year,
        event_sequence,
        event_type,
        level_before,
        level_after,
        lag(level_after) over (partition by employee_id order by simulation_year, event_sequence) as level_in_force

    from {{ ref('fct_yearly_events') }}

),

wrong_steps as (

    select employee_id, simulation_year, level_before, level_after
    from steps

    where level_before not between 1 and {{ law_top_level() }}
        or level_after not between 1 and {{ law_top_level() }}
        or level_before <> level_in_force
        or level_after is distinct from case event_type
            when 'hire' then level_after
            when 'promotion' then level_before + 1
            when 'raise' then level_before
        end
        or (level_before is null) <> (event_type = 'hire')
        or (event_type = 'hire' and level_after is null)

),

promotions as (

    select employee_id, simulation_year, count(*) as promotions
    from {{ ref('fct_yearly_events') }}
    where event_type = 'promotion'
    group by all

),

years as (

    select
        snapshot.employee_id,
        snapshot.simulation_year,
        lag(snapshot.level_id) over (
            partition by snapshot.employee_id order by snapshot.simulation_year
        ) as level_before,
        snapshot.level_id as level_after,
        coalesce(promotions.promotions, 0) as promotions

    from {{ ref('fct_workforce_snapshot') }} as snapshot
    left join promotions
        on snapshot.employee_id = promotions.employee_id
        and snapshot.simulation_year = promotions.simulation_year

)

select * from wrong_steps

union all

select employee_id, simulation_year, level_before, level_after
from years

where level_after is null
    or level_after not between 1 and {{ law_top_level() }}
    or level_after <> level_before + promotions
