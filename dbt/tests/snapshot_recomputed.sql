{{ careers() }}

select
    simulation_year, employee_id, birth_date, hire_date, termination_date, age, tenure, opening_level, level_id,
    starting_cents, middle_cents, closing_cents, current_cents, prorated_cents, employment_status, detailed_status_code
from careers
where not coalesce(
    age = simulation_year - year(birth_date) - if(dayofyear(birth_date) > 1, 1, 0)
    and tenure = greatest(0, simulation_year - year(hire_date) - if(dayofyear(hire_date) > 1, 1, 0))
    and opening_level between 1 and 5
    and level_id between 1 and 5
    and (opening_cents is null) = is_new
    and starting_cents > 0
    and current_cents = closing_cents
    and closing_cents > 0
    -- Pay by days, over the days of the year, rounded half up.
    and prorated_cents > 0
    and 2 * (
        prorated_cents * days
        - starting_cents * (first_change_on - begins_on)
        - middle_cents * (last_change_on - first_change_on)
        - closing_cents * (ends_on - last_change_on)
    ) between 1 - days and days
    and employment_status = if(has_left, 'terminated', 'active')
    and detailed_status_code = case
        when has_left then if(is_new, 'new_hire_termination', 'experienced_termination')
        else if(is_new, 'new_hire_active', 'continuous_active')
    end,
    false
)
