{{ config(materialized='table', meta={'scope': 'run'}) }}

with census as (

    select * from {{ ref('stg_census') }}

    -- Whoever had left by the baseline date is not in the baseline.
    where termination_date is null

),

lowest as (

    -- Minimums rise with the level.
    select list(min_pay order by level_id) as edges
    from {{ ref('stg_job_levels') }}

)

select
    row_number() over (order by census.employee_id) as person_no,
    census.employee_id,
    {{ id_numbers('census.employee_id') }},
    census.birth_date,
    census.hire_date,
    {{ date_number('census.birth_date') }} as birth_number,
    {{ date_number('census.hire_date') }} as hire_number,
    -- The highest level whose minimum is not above the pay; below the lowest minimum, level 1.
    cast(coalesce(
        census.job_level,
        greatest(1, len(list_filter(lowest.edges, lambda edge: census.annual_salary >= edge)))
    ) as integer) as level_id,
    cast(census.annual_salary * 100 as bigint) as salary_cents

from census
cross join lowest
