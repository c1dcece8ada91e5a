{{ config(materialized='table') }}

with ages as (

    select
        age,
        cast(sum(share) over (order by age) as double) / cast(sum(share) over () as double) as upper_share

    from {{ ref('config_hire_ages') }}

)

select
    age,
    coalesce(lag(upper_share) over (order by age), 0) as lower_share,
    upper_share

from ages
