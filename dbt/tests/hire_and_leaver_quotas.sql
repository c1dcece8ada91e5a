{%- set scale = 1000000 -%}

with opening as (

    select run.first_year as simulation_year, count(*) as people
    from {{ source('state', 'census') }} as census
    cross join {{ source('state', 'run') }} as run
    where census.termination_date is null
    group by all

    union all

    select simulation_year + 1 as simulation_year, count(*) filter (where termination_date is null) as people
    from {{ ref('fct_workforce_snapshot') }}
    group by all

),

happened as (

    select
        simulation_year,
        count(*) filter (where event_category = 'hire') as hires,
        count(*) filter (where event_category = 'new_hire_termination') as new_hire_terminations,
        count(*) filter (where event_category = 'experienced_termination') as experienced_terminations

    from {{ ref('fct_yearly_events') }}
    group by all

),

hired as (

    select simulation_year, level_after as level_id, count(*) as hires
    from {{ ref('fct_yearly_events') }}
    where event_type = 'hire'
    group by all

),

planned as (

    select
        years.simulation_year,
        coalesce(happened.hires, 0) as hires,
        coalesce(happened.new_hire_terminations, 0) as new_hire_terminations,
        coalesce(happened.experienced_terminations, 0) as experienced_terminations,
        settings.new_hire_termination_rate,
        round(opening.people * settings.termination_rate * 0.000001::decimal(18, 6), 0)::bigint as quota,
        round(opening.people * (1 + settings.headcount_growth * 0.000001::decimal(18, 6)), 0)::bigint
        - opening.people
        + round(opening.people * settings.termination_rate * 0.000001::decimal(18, 6), 0)::bigint as net

    from {{ source('state', 'run') }} as run, unnest(range(run.first_year, run.last_year + 1)) as years (simulation_year)
    cross join {{ source('state', 'settings') }} as settings
    inner join opening on years.simulation_year = opening.simulation_year
    left join happened on years.simulation_year = happened.simulation_year

),

wrong_totals as (

    select
        simulation_year,
        null::integer as level_id,
        case
            when new_hire_terminations <> hires - greatest(net, 0) then 'new-hire terminations'
            when experienced_terminations <> quota - least(net, 0) then 'experienced terminations'
            else 'hires'
        end as wrong_part

    from planned

    where new_hire_terminations <> hires - greatest(net, 0)
        or experienced_terminations <> quota - least(net, 0)
        or (net <= 0 and hires <> 0)
        -- The smallest number of hires of whom enough stay: one fewer would not do.
        or (net > 0 and hires * ({{ scale }} - new_hire_termination_rate) < net * {{ scale }})
        or (net > 0 and (hires - 1) * ({{ scale }} - new_hire_termination_rate) >= net * {{ scale }})

),

-- How far a level's hires lie above its exact share, in parts of the sum of all shares.
excess as (

    select
        planned.simulation_year,
        shares.level_id,
        coalesce(hired.hires, 0) * sum(shares.share) over (partition by planned.simulation_year)
        - planned.hires * shares.share as above_share,
        sum(shares.share) over (partition by planned.simulation_year) as total_share

    from planned
    cross join {{ ref('config_hire_levels') }} as shares
    left join hired
        on planned.simulation_year = hired.simulation_year
        and shares.level_id = hired.level_id

),

wrong_levels as (

    select
        excess.simulation_year,
        excess.level_id,
        'hires of the level' as wrong_part

    from excess
    -- Nobody may have a place more while another with the larger remainder (or the same one, at a lower level) has
    -- one less: moving a place from one to the other must not bring both closer to their shares.
    inner join excess as other
        on excess.simulation_year = other.simulation_year
        and excess.level_id <> other.level_id
        and (
            excess.above_share - other.above_share > excess.total_share
            or (excess.above_share - other.above_share = excess.total_share and excess.level_id > other.level_id)
        )

),

unknown_levels as (

    select
        hired.simulation_year,
        hired.level_id,
        'hires of a level without a share' as wrong_part

    from hired
    left join {{ ref('config_hire_levels') }} as shares on hired.level_id = shares.level_id
    where shares.level_id is null

)

select * from wrong_totals
union all
select * from wrong_levels
union all
select * from unknown_levels
