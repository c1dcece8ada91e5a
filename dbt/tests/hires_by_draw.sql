{{ new_hires() }}

select
    simulation_year, employee_id, level_id, hire_date, law_hired_on, birth_date, law_born_on, termination_date, law_left_on
from new_hires
where not coalesce(
    hire_date = law_hired_on
    and birth_date = law_born_on
    and (termination_date is null or termination_date = law_left_on)
    and employee_id = {{ law_hire_id('simulation_year', 'hire_no') }}
    and hire_no > lower_level_hires
    and hire_no <= lower_level_hires + level_hires,
    false
)
