{{ config(materialized='table') }}

-- The plan year's months, so that a raise's day needs no date arithmetic for each person.
select
    months.raise_month,
    make_date(plan.simulation_year, months.raise_month, 1) as first_day,
    day(last_day(make_date(plan.simulation_year, months.raise_month, 1))) as days

from {{ source('state', 'plan_year') }} as plan
cross join (select cast(unnest(range(1, 13)) as integer) as raise_month) as months
