{{ config(meta={'scope': 'horizon', 'file_order': ['simulation_year', 'employee_id']}) }}

select
    run.scenario_id,
    workforce.simulation_year,
    {{ employee_id('baseline', 'workforce') }} as employee_id,
    workforce.birth_date,
    workforce.hire_date,
    workforce.termination_date,
    workforce.age,
    workforce.tenure,
    workforce.closing_level as level_id,
    case when not workforce.hired_in_year then {{ dollars('pay.starting_cents') }} end as opening_compensation,
    {{ dollars('pay.closing_cents') }} as current_compensation,
    {{ dollars('pay.prorated_cents') }} as prorated_compensation,
    case when pay.left_in_year then 'terminated' else 'active' end as employment_status,
    {{ detailed_status('pay.hired_in_year', 'pay.left_in_year') }} as detailed_status_code

from {{ ref('int_workforce_year') }} as workforce
inner join {{ ref('int_pay_year') }} as pay
    on workforce.simulation_year = pay.simulation_year
    and workforce.person_no = pay.person_no
left join {{ ref('int_baseline') }} as baseline on workforce.person_no = baseline.person_no
cross join {{ source('state', 'run') }} as run
