with delivered as (

    select * from {{ ref('scenarios') }}

),

own as (

    select * from {{ source('state', 'own_scenarios') }}

),

together as (

    select scenario_id, parent_id from delivered

    union all

    select scenario_id, parent_id from own

)

select
    scenario_id,
    -- A scenario without a parent of its own inherits from the default one.
    coalesce(nullif(parent_id, ''), 'default') as parent_id

from together

where scenario_id <> 'default'
