with chained as (

    select
        employee_id,
        simulation_year,
        event_sequence,
        event_type,
        previous_compensation,
        new_compensation,
        lag(new_compensation) over person as pay_in_force,
        row_number() over person = 1 as is_first

    from {{ ref('fct_yearly_events') }}
    window person as (partition by employee_id order by simulation_year, event_sequence)

),

expected as (

    select
        chained.* exclude (pay_in_force, is_first),
        case when chained.is_first then census.annual_salary else chained.pay_in_force end as pay_in_force

    from chained
    left join {{ source('state', 'census') }} as census on chained.employee_id = census.employee_id

)

select * from expected

where previous_compensation is distinct from pay_in_force
    or (previous_compensation is null) <> (event_type = 'hire')
    or (new_compensation is null) <> (event_type = 'termination')
