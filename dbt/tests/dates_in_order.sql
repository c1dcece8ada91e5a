with careers as (

    select
        employee_id,
        min(effective_date) as first_date,
        max(effective_date) filter (where event_type = 'hire') as hire_date,
        min(effective_date) filter (where event_type = 'termination') as termination_date,
        max(effective_date) filter (where event_type in ('promotion', 'raise')) as last_change_date,
        bool_or(effective_date is null or year(effective_date) <> simulation_year) as is_outside_year

    from {{ ref('fct_yearly_events') }}
    group by all

)

select * from careers

where is_outside_year
    or first_date < hire_date
    or termination_date < hire_date
    -- A promotion or raise on the leaving day itself is dropped too.
    or last_change_date >= termination_date
