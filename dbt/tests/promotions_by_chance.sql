{{ careers() }}

select simulation_year, employee_id, opening_level, age, tenure, promotion_share, law_probability, promoted_on, termination_date
from careers
where not coalesce(
    case
        when (promoted_on is not null) = (is_chosen and coalesce(law_promoted_on < termination_date, true)) then true
        -- A chance this near to the probability may fall to either side: the order of multiplications decides.
        else abs(promotion_share - law_probability) < 1e-12
    end,
    false
)
