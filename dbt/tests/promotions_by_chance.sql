{{ careers() }}

select simulation_year, employee_id, opening_level, age, tenure, promotion_share, law_probability, promoted_on, termination_date
from careers
where not coalesce(
    -- A chance this near to the probability may fall to either side: the order of multiplications decides.
    coalesce(abs(promotion_share - law_probability) < 1e-12, false)
    or (promoted_on is not null) = coalesce(
        is_promotable
        and promotion_share < law_probability
        and coalesce(law_promoted_on < termination_date, true),
        false
    ),
    false
)
