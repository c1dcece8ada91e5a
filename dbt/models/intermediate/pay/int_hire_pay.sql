{%- set denominator = 'cast(100 * 4294967294 * 1000000 as hugeint)' -%}

with scaled as (

    -- midpoint × (.90 + .18·u) × adjustment with u = (2·draw + 1) / 4294967294, in exact integers; half a cent is
    -- added, so that the whole part is the rounded pay.
    select
        hires.person_no,
        cast(job_levels.hire_midpoint_cents * adjustments.adjustment_millionths as hugeint)
        * (90 * 4294967294 + 18 * (2 * {{ draw('hire_pay', 'hires', 'plan') }} + 1))
        + {{ denominator }} // 2 as numerator

    from {{ ref('int_workforce_year') }} as hires
    inner join {{ source('state', 'plan_year') }} as plan on hires.simulation_year = plan.simulation_year
    inner join {{ ref('stg_job_levels') }} as job_levels on hires.opening_level = job_levels.level_id
    inner join {{ ref('int_hire_adjustments') }} as adjustments
        on hires.simulation_year = adjustments.fiscal_year
        and hires.opening_level = adjustments.level_id

    where hires.hired_in_year

),

guessed as (

    -- DuckDB divides HUGEINTs bit by bit: doubles guess the whole part, which is then off by one at most.
    select
        *,
        cast(floor(cast(numerator as double) / 429496729400000000.0) as bigint) as guess

    from scaled

),

compared as (

    select
        *,
        numerator - guess * {{ denominator }} as remainder

    from guessed

)

select
    person_no,
    guess + case when remainder < 0 then -1 when remainder >= {{ denominator }} then 1 else 0 end as starting_cents

from compared
