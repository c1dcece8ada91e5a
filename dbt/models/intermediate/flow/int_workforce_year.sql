{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='simulation_year',
    meta={'scope': 'year', 'checkpoint': true}
) }}

select
    opening.simulation_year,
    opening.person_no,
    opening.id_high,
    opening.id_low,
    opening.birth_date,
    opening.hire_date,
    opening.birth_number,
    opening.hire_number,
    opening.age,
    opening.tenure,
    false as hired_in_year,
    opening.level_id as opening_level,
    opening.level_id + case when promotions.promotion_date is null then 0 else 1 end as closing_level,
    terminations.termination_date,
    terminations.termination_hazard,
    promotions.promotion_date,
    promotions.promotion_probability,
    raises.raise_date

from {{ ref('int_hazards') }} as opening
left join {{ ref('int_terminations') }} as terminations on opening.person_no = terminations.person_no
left join {{ ref('int_promotions') }} as promotions on opening.person_no = promotions.person_no
left join {{ ref('int_raises') }} as raises on opening.person_no = raises.person_no

union all

select
    hires.simulation_year,
    hires.person_no,
    hires.id_high,
    hires.id_low,
    hires.birth_date,
    hires.hire_date,
    hires.birth_number,
    hires.hire_number,
    (hires.simulation_year * 10000 + 101 - hires.birth_number) // 10000 as age,
    0 as tenure,
    true as hired_in_year,
    hires.level_id as opening_level,
    hires.level_id as closing_level,
    terminations.termination_date,
    cast(null as double) as termination_hazard,
    cast(null as date) as promotion_date,
    cast(null as double) as promotion_probability,
    cast(null as date) as raise_date

from {{ ref('int_hires') }} as hires
left join {{ ref('int_new_hire_terminations') }} as terminations on hires.person_no = terminations.person_no
