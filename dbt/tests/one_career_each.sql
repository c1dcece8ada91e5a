with years as (

    select
        employee_id,
        simulation_year,
        count(*) filter (where event_type = 'hire') as hires,
        count(*) filter (where event_type = 'termination') as terminations,
        count(*) filter (where event_type = 'promotion') as promotions,
        count(*) filter (where event_type = 'raise') as raises

    from {{ ref('fct_yearly_events') }}
    group by all

)

select
    employee_id,
    sum(hires) as hires,
    sum(terminations) as terminations,
    max(promotions) as most_promotions_a_year,
    max(raises) as most_raises_a_year

from years

group by employee_id

having sum(hires) > 1
    or sum(terminations) > 1
    or max(promotions) > 1
    or max(raises) > 1
