select employee_id
from {{ source('state', 'census') }}
where not coalesce(
    not starts_with(employee_id, 'NH_') or not regexp_full_match(employee_id, 'NH_[0-9]{4}_.*'),
    false
)
