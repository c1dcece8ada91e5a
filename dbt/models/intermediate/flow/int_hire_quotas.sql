{{ config(materialized='table') }}

with shares as (

    select
        hire_levels.level_id,
        headcount.hires * hire_levels.share_millionths as scaled,
        sum(hire_levels.share_millionths) over () as total_millionths,
        headcount.hires

    from {{ ref('stg_hire_levels') }} as hire_levels
    cross join {{ ref('int_headcount_plan') }} as headcount

),

floors as (

    select
        level_id,
        hires,
        scaled // total_millionths as whole,
        row_number() over (order by scaled % total_millionths desc, level_id) as remainder_rank,
        hires - sum(scaled // total_millionths) over () as left_over

    from shares

),

quotas as (

    select
        level_id,
        cast(whole + case when remainder_rank <= left_over then 1 else 0 end as bigint) as hires

    from floors

)

select
    level_id,
    hires,
    cast(coalesce(sum(hires) over (order by level_id rows between unbounded preceding and 1 preceding), 0) as bigint)
        as preceding_hires

from quotas
