select
    scenario_id,
    -- A scenario without a parent of its own inherits from the default one.
    coalesce(nullif(parent_id, ''), 'default') as parent_id

from {{ ref('scenarios') }}

where scenario_id <> 'default'
