{{ config(materialized='table') }}

with opening as (

    select count(*) as people from {{ ref('int_hazards') }}

),

quotas as (

    select
        opening.people,
        settings.new_hire_termination_rate,
        {{ round_half_away('settings.termination_rate * opening.people', '1000000') }} as terminations,
        {{ round_half_away('(1000000 + settings.headcount_growth) * opening.people', '1000000') }} as closing

    from opening
    cross join {{ source('state', 'settings') }} as settings

),

net as (

    select
        *,
        closing - (people - terminations) as net_hires

    from quotas

),

hired as (

    select
        *,
        case
            when net_hires > 0
                -- Rounded up (`//` drops the fraction): enough hires that those who stay fill the planned headcount.
                then (net_hires * 1000000 + 999999 - new_hire_termination_rate) // (1000000 - new_hire_termination_rate)
            else 0
        end as hires

    from net

)

select
    people as opening,
    -- A headcount that must shrink further takes more experienced leavers instead of hires.
    cast(terminations + greatest(0, -net_hires) as bigint) as experienced_terminations,
    cast(hires as bigint) as hires,
    cast(hires - greatest(0, net_hires) as bigint) as new_hire_terminations,
    cast(closing as bigint) as closing

from hired
