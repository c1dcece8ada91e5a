{{ careers() }}

select simulation_year, employee_id, leaving_share, law_hazard, last_leaver
from careers
where not coalesce(
    -- Nobody stays who comes before the last one chosen: by u/h, of equal ones by person number.
    is_new
    or has_left
    or last_leaver is null
    or {{ law_leaving_key('leaving_share', 'law_hazard') }} > last_leaver.key
    or (
        {{ law_leaving_key('leaving_share', 'law_hazard') }} = last_leaver.key
        and {{ law_person('employee_id') }} > last_leaver.person
    ),
    false
)
