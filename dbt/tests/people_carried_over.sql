{{ careers() }}

select simulation_year, count(*) filter (where not is_new) as people
from careers
group by simulation_year
having not coalesce(
    coalesce(sum({{ law_person_hash('employee_id', 'birth_date', 'hire_date', 'opening_level', 'opening_cents') }})
        filter (where not is_new), 0) = max(carried_people)
    and max(stray_people) = 0,
    false
)
