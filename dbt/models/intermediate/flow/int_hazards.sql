{{ config(materialized='table') }}

with opening as (

    select * from {{ ref('int_opening_workforce') }}

),

top as (

    select max(level_id) as level_id from {{ ref('stg_job_levels') }}

)

select
    opening.*,
    least(1.0, greatest(0.0,
        level_factors.termination_factor * age_factors.termination_factor * tenure_factors.termination_factor
    )) as termination_hazard,
    age_factors.promotion_factor * tenure_factors.promotion_factor as promotion_shape,
    opening.tenure >= 1 and opening.level_id < top.level_id and opening.age < 65 as is_promotion_eligible

from opening
cross join top
inner join {{ ref('int_level_factors') }} as level_factors on opening.level_id = level_factors.level_id
inner join {{ ref('int_age_factors') }} as age_factors on opening.age = age_factors.age
inner join {{ ref('int_tenure_factors') }} as tenure_factors on opening.tenure = tenure_factors.tenure
