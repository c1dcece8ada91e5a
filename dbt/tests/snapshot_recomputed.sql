{{ careers() }}

select
    simulation_year, employee_id, birth_date, hire_date, termination_date, age, tenure, opening_level, level_id,
    starting_cents, middle_cents, closing_cents, current_cents, prorated_cents, employment_status, detailed_status_code
from careers
where not coalesce(
    is_as_dated
    and opening_level >= 1
    and level_id <= top_level
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
    ) between 1 - days and days,
    false
)
