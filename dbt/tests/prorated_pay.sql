with changes as (

    select
        employee_id,
        simulation_year,
        max(new_compensation) as highest_new,
        max(new_compensation) filter (where event_type = 'hire') as hire_pay,
        -- What each change adds up to the year's last day, its own day included, in pay days.
        sum(
            (new_compensation - previous_compensation)
            * (make_date(simulation_year + 1, 1, 1) - effective_date)
        ) filter (where event_type in ('promotion', 'raise')) as added_pay_days

    from {{ ref('fct_yearly_events') }}
    group by all

),

days as (

    select
        snapshot.employee_id,
        snapshot.simulation_year,
        snapshot.prorated_compensation,
        make_date(snapshot.simulation_year + 1, 1, 1) - make_date(snapshot.simulation_year, 1, 1) as days_of_year,
        greatest(snapshot.opening_compensation, snapshot.current_compensation, changes.highest_new) as highest_pay,
        coalesce(snapshot.opening_compensation, changes.hire_pay)
        * (
            make_date(snapshot.simulation_year + 1, 1, 1)
            - greatest(make_date(snapshot.simulation_year, 1, 1), snapshot.hire_date)
        )
        + coalesce(changes.added_pay_days, 0)
        -- The days after leaving are taken off at the pay that was in force on the last day.
        - case when snapshot.termination_date is null then 0
            else snapshot.current_compensation
                * (make_date(snapshot.simulation_year, 12, 31) - snapshot.termination_date)
        end as pay_days

    from {{ ref('fct_workforce_snapshot') }} as snapshot
    left join changes
        on snapshot.employee_id = changes.employee_id
        and snapshot.simulation_year = changes.simulation_year

)

select * from days

where not coalesce(
    prorated_compensation > 0
    and prorated_compensation <= highest_pay
    -- Rounded once, half up: at most half a cent above the exact amount, and less than half a cent below.
    and 200 * (prorated_compensation * days_of_year - pay_days) > -days_of_year
    and 200 * (prorated_compensation * days_of_year - pay_days) <= days_of_year,
    false
)
