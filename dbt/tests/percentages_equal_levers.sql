with levers as (

    select
        fiscal_year,
        level_id,
        cast(sum(parameter_value) filter (where effect = 'raise') as decimal(9, 6)) as raise_rate,
        cast(max(parameter_value) filter (where effect = 'promotion') as decimal(9, 6)) as promotion_raise,
        cast(max(parameter_value) filter (where effect = 'hire_pay') as decimal(9, 6)) as hire_adjustment

    from {{ ref('int_effective_parameters') }}
    group by all

),

priced as (

    select
        events.employee_id,
        events.simulation_year,
        events.event_type,
        events.previous_compensation,
        events.new_compensation,
        -- Decimals: exact, and rounded half away from zero.
        case events.event_type
            when 'raise' then round(events.previous_compensation * (1 + levers.raise_rate), 2)
            when 'promotion' then round(events.previous_compensation * (1 + levers.promotion_raise), 2)
        end as expected_pay,
        job_levels.hire_midpoint * levers.hire_adjustment as adjusted_midpoint

    from {{ ref('fct_yearly_events') }} as events
    left join levers
        on events.simulation_year = levers.fiscal_year
        and coalesce(events.level_before, events.level_after) = levers.level_id
    left join {{ ref('config_job_levels') }} as job_levels
        on events.event_type = 'hire'
        and events.level_after = job_levels.level_id

)

select * from priced

where (event_type in ('raise', 'promotion') and new_compensation is distinct from expected_pay)
    -- A hire's pay is .90 to 1.08 times the adjusted midpoint, before rounding to the cent.
    or (event_type = 'hire' and not coalesce(
        new_compensation between round(adjusted_midpoint * 0.90, 2) and round(adjusted_midpoint * 1.08, 2), false
    ))
    or previous_compensation <= 0
    or new_compensation <= 0
