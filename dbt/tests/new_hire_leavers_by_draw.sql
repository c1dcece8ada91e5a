{{ new_hires() }}

select simulation_year, count(*) filter (where has_left) as leavers
from new_hires
group by simulation_year
having not coalesce(
    -- Whoever comes last of those chosen still comes before everybody who stays.
    coalesce(max(leaving_order) filter (where has_left) < min(leaving_order) filter (where not has_left), true),
    false
)
