{{ careers() }}

select simulation_year, employee_id, hire_date, termination_date, law_left_on
from careers
where not coalesce(
    is_new or not has_left or termination_date = law_left_on,
    false
)
