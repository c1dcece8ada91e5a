{{ config(materialized='table') }}

with plan as (

    select * from {{ source('state', 'plan_year') }}

),

eligible as (

    select * from {{ ref('int_hazards') }}
    where is_promotion_eligible

),

mean_shapes as (

    select
        level_id,
        cast(sum(promotion_shape) as double) / count(*) as mean_shape

    from eligible

    group by all

),

drawn as (

    select
        eligible.person_no,
        eligible.level_id as level_before,
        least(1.0, case
            when mean_shapes.mean_shape > 0
                -- Divided by the level's mean shape, so that its expected rate equals the lever.
                then levers.promotion_probability * cast(eligible.promotion_shape as double) / mean_shapes.mean_shape
            else 0
        end) as promotion_probability,
        {{ uniform(draw('promotion', 'eligible', 'plan')) }} as chance,
        plan.first_day
        + cast({{ uniform_index(draw('promotion_date', 'eligible', 'plan'), 'plan.days') }} as integer)
            as promotion_date

    from eligible
    cross join plan
    inner join mean_shapes on eligible.level_id = mean_shapes.level_id
    inner join {{ ref('int_promotion_probabilities') }} as levers
        on plan.simulation_year = levers.fiscal_year
        and eligible.level_id = levers.level_id

)

select
    drawn.person_no,
    drawn.level_before,
    drawn.promotion_probability,
    drawn.promotion_date

from drawn
left join {{ ref('int_terminations') }} as terminations on drawn.person_no = terminations.person_no

where drawn.chance < drawn.promotion_probability
    and (terminations.termination_date is null or drawn.promotion_date < terminations.termination_date)
