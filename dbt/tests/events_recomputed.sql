{{ careers() }}

select
    simulation_year,
    count(hire_hash) as hires,
    count(promotion_hash) as promotions,
    count(raise_hash) as raises,
    count(termination_hash) as terminations,
    max(written_events) as events
from careers
group by simulation_year
having not coalesce(
    coalesce(sum(hire_hash), 0) + coalesce(sum(promotion_hash), 0) + coalesce(sum(termination_hash), 0) = max(written_others)
    and count(hire_hash) + count(promotion_hash) + count(raise_hash) + count(termination_hash) = max(written_events)
    and max(stray_events) = 0,
    false
)
