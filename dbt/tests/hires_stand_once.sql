{{ new_hires() }}

select simulation_year, count(*) as hires, count(distinct hire_no) as numbers
from new_hires
group by simulation_year
having not coalesce(
    count(*) = count(distinct hire_no),
    false
)
