{{ config(meta={'scope': 'horizon'}) }}

with people as (

    select
        workforce.simulation_year,
        workforce.opening_level,
        workforce.closing_level,
        -- The level in force on the day of the raise decides its merit.
        case when workforce.promotion_date <= workforce.raise_date then workforce.closing_level
            else workforce.opening_level
        end as raise_level,
        workforce.raise_date is not null as is_raised,
        workforce.promotion_date is not null as is_promoted,
        pay.left_in_year,
        pay.closing_cents

    from {{ ref('int_workforce_year') }} as workforce
    inner join {{ ref('int_pay_year') }} as pay
        on workforce.simulation_year = pay.simulation_year
        and workforce.person_no = pay.person_no

),

events as (

    select
        simulation_year,
        raise_level as level_id,
        count(*) as raises,
        0 as promotions

    from people
    where is_raised
    group by all

    union all

    select
        simulation_year,
        opening_level as level_id,
        0 as raises,
        count(*) as promotions

    from people
    where is_promoted
    group by all

),

decided as (

    select
        simulation_year,
        level_id,
        sum(raises) as raises,
        sum(promotions) as promotions

    from events
    group by all

),

actives as (

    select
        simulation_year,
        closing_level as level_id,
        count(*) as headcount,
        median(closing_cents) as median_cents

    from people
    where not left_in_year
    group by all

)

select
    coalesce(actives.simulation_year, decided.simulation_year) as simulation_year,
    coalesce(actives.level_id, decided.level_id) as level_id,
    coalesce(actives.headcount, 0) as headcount,
    actives.median_cents / 100 as median_pay,
    coalesce(decided.raises, 0) as raises,
    coalesce(decided.promotions, 0) as promotions

from actives
full outer join decided
    on actives.simulation_year = decided.simulation_year
    and actives.level_id = decided.level_id
