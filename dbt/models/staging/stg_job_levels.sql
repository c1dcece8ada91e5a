{{ config(materialized='table') }}

select
    level_id,
    name,
    min_pay,
    max_pay,
    cast(hire_midpoint * 100 as bigint) as hire_midpoint_cents

from {{ ref('config_job_levels') }}
