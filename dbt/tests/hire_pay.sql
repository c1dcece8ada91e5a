{{ new_hires() }}

select simulation_year, employee_id, level_id, pay_cents, law_pay
from new_hires
where not coalesce(
    -- In exact parts of a cent; rounded half up.
    2 * (pay_cents * {{ law_pay_parts() }} - law_pay) > -{{ law_pay_parts() }}
    and 2 * (pay_cents * {{ law_pay_parts() }} - law_pay) <= {{ law_pay_parts() }},
    false
)
