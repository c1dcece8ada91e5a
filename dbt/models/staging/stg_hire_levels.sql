select
    level_id,
    cast(share * 1000000 as bigint) as share_millionths

from {{ ref('config_hire_levels') }}
