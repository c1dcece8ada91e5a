with plan as (

    select simulation_year, first_year from {{ source('state', 'plan_year') }}

),

people as (

    select
        person_no, id_high, id_low, birth_date, hire_date, birth_number, hire_number,
        level_id

    from {{ ref('int_baseline') }}
    cross join plan
    where plan.simulation_year = plan.first_year

    union all

    select
        person_no, id_high, id_low, birth_date, hire_date, birth_number, hire_number,
        closing_level as level_id

    from {{ source('preceding_year', 'int_workforce_year') }} as workforce
    cross join plan
    where workforce.simulation_year = plan.simulation_year - 1
        and workforce.termination_date is null
        and plan.simulation_year > plan.first_year

)

select
    plan.simulation_year,
    people.*,
    -- Whole years at January 1 of the plan year.
    (plan.simulation_year * 10000 + 101 - people.birth_number) // 10000 as age,
    (plan.simulation_year * 10000 + 101 - people.hire_number) // 10000 as tenure

from people
cross join plan
