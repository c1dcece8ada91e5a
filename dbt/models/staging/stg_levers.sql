select
    scenario_id,
    fiscal_year,
    job_level as level_id,
    upper(event_type) as event_type,
    parameter_name,
    parameter_value,
    is_locked,
    created_at,
    created_by

from {{ source('state', 'levers') }}
