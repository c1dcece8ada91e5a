with drawn as (

    select
        opening.person_no,
        {{ uniform(draw('raise_month', 'opening', 'plan')) }} as month_share,
        {{ draw('raise_day', 'opening', 'plan') }} as day_draw

    from {{ ref('int_hazards') }} as opening
    cross join {{ source('state', 'plan_year') }} as plan

    where opening.tenure >= 1

),

months as (

    select
        drawn.person_no,
        drawn.day_draw,
        1 {% for month in range(1, 12) -%}
        + cast(drawn.month_share >= shares.upto_{{ month }} as integer)
        {% endfor -%} as raise_month

    from drawn
    cross join {{ ref('stg_raise_months') }} as shares

),

dated as (

    select
        months.person_no,
        calendar.first_day + cast({{ uniform_index('months.day_draw', 'calendar.days') }} as integer) as raise_date

    from months
    inner join {{ ref('int_raise_calendar') }} as calendar on months.raise_month = calendar.raise_month

)

select
    dated.person_no,
    dated.raise_date

from dated
left join {{ ref('int_terminations') }} as terminations on dated.person_no = terminations.person_no

where terminations.termination_date is null
    or dated.raise_date < terminations.termination_date
