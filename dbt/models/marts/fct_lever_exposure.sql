{{ config(materialized='view') }}

with workforce as (

    select * from {{ ref('int_workforce_year') }}

),

events as (

    select
        person_no,
        simulation_year as event_year,
        'RAISE' as event_type,
        case when promotion_date <= raise_date then closing_level else opening_level end as level_id

    from workforce
    where raise_date is not null

    union all

    select person_no, simulation_year as event_year, 'PROMOTION' as event_type, opening_level as level_id
    from workforce
    where promotion_date is not null

    union all

    select person_no, simulation_year as event_year, 'HIRE' as event_type, opening_level as level_id
    from workforce
    where hired_in_year

)

select
    events.event_year,
    events.event_type,
    events.level_id,
    pay.simulation_year,
    -- Pay at that year's end of the people whose pay the event had changed: what a lever's step scales.
    {{ dollars('sum(pay.closing_cents)') }} as exposed_pay,
    -- Among the same people, those who stayed the whole year: what they had at its start, scaled only by earlier events.
    {{ dollars('coalesce(sum(case when events.event_year < pay.simulation_year and not pay.hired_in_year then pay.starting_cents end), 0)') }}
        as exposed_opening_pay

from events
inner join {{ ref('int_pay_year') }} as pay
    on events.person_no = pay.person_no
    and events.event_year <= pay.simulation_year

where not pay.left_in_year

group by all
