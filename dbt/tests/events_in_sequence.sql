with kinds (event_type, event_category, day_order) as (

    values
    ('hire', 'hire', 1),
    ('promotion', 'promotion', 2),
    ('raise', 'raise', 3),
    ('termination', 'experienced_termination', 4),
    ('termination', 'new_hire_termination', 4)

),

numbered as (

    select
        events.employee_id,
        events.simulation_year,
        events.event_type,
        events.event_category,
        events.event_sequence,
        kinds.day_order,
        row_number() over (
            partition by events.employee_id, events.simulation_year
            order by events.effective_date, kinds.day_order, events.event_sequence
        ) as expected_sequence

    from {{ ref('fct_yearly_events') }} as events
    left join kinds
        on events.event_type = kinds.event_type
        and events.event_category = kinds.event_category

)

select * from numbered

where day_order is null
    or event_sequence is distinct from expected_sequence
