with run as (

    select * from {{ source('state', 'run') }}

),

closing as (

    select first_year - 1 as simulation_year, baseline.people as actives
    from run
    cross join (
        select count(*) as people from {{ source('state', 'census') }} where termination_date is null
    ) as baseline

    union all

    select simulation_year, count(*) filter (where termination_date is null) as actives
    from {{ ref('fct_workforce_snapshot') }}
    group by all

),

moves as (

    select
        simulation_year,
        count(*) filter (where event_type = 'hire') as hires,
        count(*) filter (where event_type = 'termination') as terminations

    from {{ ref('fct_yearly_events') }}
    group by all

),

bridge as (

    select
        years.simulation_year,
        preceding.actives as preceding_actives,
        coalesce(moves.hires, 0) as hires,
        coalesce(moves.terminations, 0) as terminations,
        closing.actives

    from run, unnest(range(run.first_year, run.last_year + 1)) as years (simulation_year)
    left join closing on years.simulation_year = closing.simulation_year
    left join closing as preceding on years.simulation_year = preceding.simulation_year + 1
    left join moves on years.simulation_year = moves.simulation_year

)

select * from bridge

where actives is distinct from preceding_actives + hires - terminations
