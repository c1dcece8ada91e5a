{{ config(materialized='table') }}

select
    level.lower_bound as level_id,
    cast(level.factor as double) * cast(base.factor as double) as termination_factor

from {{ ref('config_termination_hazard') }} as level
cross join {{ ref('config_termination_hazard') }} as base

where level.dimension = 'level'
    and base.dimension = 'base'
