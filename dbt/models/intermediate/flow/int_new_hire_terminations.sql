{{ config(materialized='table') }}

with plan as (

    select * from {{ source('state', 'plan_year') }}

),

chosen as (

    select
        hires.person_no,
        hires.hire_date,
        least(
            hires.hire_date + 1 + cast({{ uniform_index(
                draw('new_hire_termination_date', 'hires', 'plan'), 'greatest(1, plan.last_day - hires.hire_date)'
            ) }} as integer),
            plan.last_day
        ) as termination_date

    from {{ ref('int_hires') }} as hires
    cross join plan

    -- Someone hired on the last day comes last, and leaves that day.
    order by
        hires.hire_date = plan.last_day,
        {{ draw('new_hire_termination', 'hires', 'plan') }},
        hires.person_no

    limit (select new_hire_terminations from {{ ref('int_headcount_plan') }})

)

select person_no, termination_date from chosen
