with plan as (

    select simulation_year, first_year from {{ source('state', 'plan_year') }}

)

select
    baseline.person_no,
    baseline.salary_cents as starting_cents

from {{ ref('int_baseline') }} as baseline
cross join plan
where plan.simulation_year = plan.first_year

union all

select
    preceding.person_no,
    preceding.closing_cents as starting_cents

from {{ source('preceding_year', 'int_pay_year') }} as preceding
cross join plan
where preceding.simulation_year = plan.simulation_year - 1
    and not preceding.left_in_year
    and plan.simulation_year > plan.first_year

union all

select
    person_no,
    starting_cents

from {{ ref('int_hire_pay') }}
