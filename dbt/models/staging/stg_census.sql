select
    employee_id,
    birth_date,
    hire_date,
    termination_date,
    annual_salary,
    job_level

from {{ source('state', 'census') }}
