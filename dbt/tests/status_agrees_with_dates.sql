with expected as (

    select
        employee_id,
        simulation_year,
        hire_date,
        termination_date,
        opening_compensation,
        employment_status,
        detailed_status_code,
        year(hire_date) = simulation_year as is_new,
        termination_date is null as is_active

    from {{ ref('fct_workforce_snapshot') }}

)

select * from expected

where employment_status is distinct from if(is_active, 'active', 'terminated')
    or detailed_status_code is distinct from case
        when is_active then if(is_new, 'new_hire_active', 'continuous_active')
        else if(is_new, 'new_hire_termination', 'experienced_termination')
    end
    or year(hire_date) > simulation_year
    or year(termination_date) <> simulation_year
    or termination_date < hire_date
    or (opening_compensation is null) <> is_new
