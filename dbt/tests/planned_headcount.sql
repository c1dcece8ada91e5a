with closing as (

    select run.first_year - 1 as simulation_year, count(*) as actives
    from {{ source('state', 'census') }} as census
    cross join {{ source('state', 'run') }} as run
    where census.termination_date is null
    group by all

    union all

    select simulation_year, count(*) filter (where termination_date is null) as actives
    from {{ ref('fct_workforce_snapshot') }}
    group by all

),

compared as (

    select
        closing.simulation_year,
        lag(closing.actives) over (order by closing.simulation_year) as opening,
        closing.actives,
        settings.headcount_growth

    from closing
    cross join {{ source('state', 'settings') }} as settings

)

select
    *,
    -- Decimals round half away from zero.
    round(opening * (1 + headcount_growth * 0.000001::decimal(18, 6)), 0) as planned

from compared

where opening is not null
    and actives <> planned
