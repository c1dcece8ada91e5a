{{ careers() }}

select simulation_year, employee_id, promoted_on, law_promoted_on, stated_probability, law_probability
from careers
where not coalesce(
    case
        when promoted_on is null then true
        else promoted_on = law_promoted_on and abs(stated_probability - law_probability) < 1e-12
    end,
    false
)
