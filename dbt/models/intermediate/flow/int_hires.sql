{{ config(materialized='table') }}

with plan as (

    select * from {{ source('state', 'plan_year') }}

),

numbered as (

    select
        plan.simulation_year,
        quotas.level_id,
        quotas.preceding_hires + unnest(range(1, quotas.hires + 1)) as hire_no

    from {{ ref('int_hire_quotas') }} as quotas
    cross join plan

),

identified as (

    select
        *,
        -- Hires are numbered by year, so a person's number never depends on other years' counts.
        cast(simulation_year as bigint) * 10000000 + hire_no as person_no,
        {{ id_numbers(hire_id('simulation_year', 'hire_no')) }}

    from numbered

),

drawn as (

    select
        identified.*,
        plan.first_day
        + cast({{ uniform_index(draw('hire_date', 'identified', 'plan'), 'plan.days') }} as integer) as hire_date,
        {{ uniform(draw('hire_age', 'identified', 'plan')) }} as age_share,
        cast({{ uniform_index(draw('hire_birth_day', 'identified', 'plan'), '365') }} as integer) as days_since_birthday

    from identified
    cross join plan

),

dated as (

    select
        drawn.*,
        -- Going back whole years from February 29 gives February 28 in a common year.
        cast(drawn.hire_date - to_years(hire_ages.age) as date) - drawn.days_since_birthday as birth_date

    from drawn
    inner join {{ ref('stg_hire_ages') }} as hire_ages
        on drawn.age_share >= hire_ages.lower_share
        and drawn.age_share < hire_ages.upper_share

)

select
    simulation_year,
    person_no,
    id_high,
    id_low,
    birth_date,
    hire_date,
    {{ date_number('birth_date') }} as birth_number,
    {{ date_number('hire_date') }} as hire_number,
    level_id

from dated
