with plan as (

    select * from {{ source('state', 'plan_year') }}

),

months as (

    select
        opening.*,
        1 {% for month in range(1, 12) -%}
        + cast({{ uniform(draw('raise_month', 'opening', 'plan')) }} >= calendar.upto_{{ month }} as integer)
        {% endfor -%} as raise_month

    from {{ ref('int_hazards') }} as opening
    cross join plan
    cross join {{ ref('stg_raise_months') }} as calendar

    where opening.tenure >= 1

),

dated as (

    select
        months.person_no,
        make_date(
            plan.simulation_year,
            months.raise_month,
            1 + {{ uniform_index(
                draw('raise_day', 'months', 'plan'),
                'day(last_day(make_date(plan.simulation_year, months.raise_month, 1)))'
            ) }}
        ) as raise_date

    from months
    cross join plan

)

select
    dated.person_no,
    dated.raise_date

from dated
left join {{ ref('int_terminations') }} as terminations on dated.person_no = terminations.person_no

where terminations.termination_date is null
    or dated.raise_date < terminations.termination_date
