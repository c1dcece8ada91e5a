{{ config(materialized='table') }}

with plan as (

    select * from {{ source('state', 'plan_year') }}

),

ranked as (

    select
        opening.person_no,
        opening.termination_hazard,
        greatest(
            plan.first_day
            + cast({{ uniform_index(draw('termination_date', 'opening', 'plan'), 'plan.days') }} as integer),
            opening.hire_date + 1
        ) as termination_date

    from {{ ref('int_hazards') }} as opening
    cross join plan

    -- The smaller u/h, the sooner chosen; whoever has no hazard comes last.
    order by
        case
            when opening.termination_hazard > 0
                then {{ uniform(draw('termination', 'opening', 'plan')) }} / opening.termination_hazard
            else 'infinity'::double
        end,
        opening.person_no

    limit (select experienced_terminations from {{ ref('int_headcount_plan') }})

)

select * from ranked
