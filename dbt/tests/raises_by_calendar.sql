{{ careers() }}

select simulation_year, count(raise_hash) as raises
from careers
group by simulation_year
having not coalesce(
    coalesce(sum(raise_hash), 0) = max(written_raises),
    false
)
