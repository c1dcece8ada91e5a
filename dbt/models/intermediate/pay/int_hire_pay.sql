-- midpoint × (.90 + .18·u) × adjustment with u = (2·draw + 1) / 4294967294, in exact integers.
select
    hires.person_no,
    cast({{ round_half_away(
        'cast(job_levels.hire_midpoint_cents * adjustments.adjustment_millionths as hugeint)'
        ~ ' * (90 * 4294967294 + 18 * (2 * ' ~ draw('hire_pay', 'hires', 'plan') ~ ' + 1))',
        'cast(100 * 4294967294 as hugeint) * 1000000'
    ) }} as bigint) as starting_cents

from {{ ref('int_workforce_year') }} as hires
inner join {{ source('state', 'plan_year') }} as plan on hires.simulation_year = plan.simulation_year
inner join {{ ref('stg_job_levels') }} as job_levels on hires.opening_level = job_levels.level_id
inner join {{ ref('int_hire_adjustments') }} as adjustments
    on hires.simulation_year = adjustments.fiscal_year
    and hires.opening_level = adjustments.level_id

where hires.hired_in_year
