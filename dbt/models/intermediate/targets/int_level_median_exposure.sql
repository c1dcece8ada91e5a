{{ config(meta={'scope': 'horizon'}) }}

with actives as (

    select
        workforce.simulation_year,
        workforce.closing_level,
        pay.person_no,
        pay.closing_cents,
        row_number() over (
            partition by workforce.simulation_year, workforce.closing_level
            order by pay.closing_cents, pay.person_no
        ) as pay_rank,
        count(*) over (partition by workforce.simulation_year, workforce.closing_level) as people

    from {{ ref('int_workforce_year') }} as workforce
    inner join {{ ref('int_pay_year') }} as pay
        on workforce.simulation_year = pay.simulation_year
        and workforce.person_no = pay.person_no

    where not pay.left_in_year

),

-- A median moves with the pay of those around it: the middle fifth, or 21 people where that is fewer.
middle as (

    select
        *,
        sum(closing_cents) over (partition by simulation_year, closing_level) as middle_cents

    from actives
    where abs(2 * pay_rank - people - 1) <= greatest(people // 5, 20)

),

events as (

    select
        person_no,
        simulation_year as event_year,
        'RAISE' as event_type,
        case when promotion_date <= raise_date then closing_level else opening_level end as level_id

    from {{ ref('int_workforce_year') }}
    where raise_date is not null

    union all

    select
        person_no,
        simulation_year as event_year,
        'PROMOTION' as event_type,
        opening_level as level_id

    from {{ ref('int_workforce_year') }}
    where promotion_date is not null

    union all

    select
        person_no,
        simulation_year as event_year,
        'HIRE' as event_type,
        opening_level as level_id

    from {{ ref('int_workforce_year') }}
    where hired_in_year

)

select
    events.event_year,
    events.event_type,
    events.level_id,
    middle.simulation_year,
    middle.closing_level,
    sum(middle.closing_cents) / max(middle.middle_cents) as exposed_share

from events
inner join middle
    on events.person_no = middle.person_no
    and events.event_year <= middle.simulation_year

group by all
