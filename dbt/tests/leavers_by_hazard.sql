{{ careers() }}

select simulation_year, employee_id, leaving_share, law_hazard, leaving_key, last_key, last_person
from careers
where not coalesce(
    -- Nobody stays who comes before the last one chosen: by u/h, of equal ones by person number.
    case
        when is_new or has_left or last_key is null or leaving_key > last_key then true
        when leaving_key = last_key then {{ law_person('employee_id') }} > last_person
    end,
    false
)
