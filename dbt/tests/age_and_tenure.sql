select
    employee_id,
    simulation_year,
    birth_date,
    hire_date,
    age,
    tenure

from {{ ref('fct_workforce_snapshot') }}

-- Whole years at January 1; whoever is hired in the year has none yet.
where age is distinct from date_sub('year', birth_date, make_date(simulation_year, 1, 1))
    or tenure is distinct from greatest(0, date_sub('year', hire_date, make_date(simulation_year, 1, 1)))
