with snapshot as (

    select * from {{ ref('fct_workforce_snapshot') }}

),

hires as (

    select employee_id, simulation_year, effective_date
    from {{ ref('fct_yearly_events') }}
    where event_type = 'hire'

),

origins as (

    select employee_id, hire_date, birth_date
    from {{ source('state', 'census') }}
    where termination_date is null

    union all

    select employee_id, effective_date as hire_date, null as birth_date
    from hires

),

repeated as (

    select employee_id, simulation_year, 'more than one row in the year' as fault
    from snapshot
    group by scenario_id, simulation_year, employee_id
    having count(*) > 1

),

unknown as (

    select
        snapshot.employee_id,
        snapshot.simulation_year,
        'neither in the census nor hired, or with other dates' as fault

    from snapshot
    left join origins on snapshot.employee_id = origins.employee_id
    where origins.employee_id is null
        or snapshot.hire_date <> origins.hire_date
        or snapshot.birth_date <> origins.birth_date

),

misnamed as (

    select employee_id, simulation_year, 'the id is not NH_<year of hire>_<7 digits>' as fault
    from hires
    where not regexp_full_match(employee_id, 'NH_[0-9]{4}_[0-9]{7}')
        or substr(employee_id, 4, 4) <> simulation_year::varchar

    union all

    select employee_id, null as simulation_year, 'an id reserved for hires' as fault
    from {{ source('state', 'census') }}
    where regexp_full_match(employee_id, 'NH_[0-9]{4}_.*')

),

-- Numbers run from 1 without gaps, those of a lower level before those of a higher one.
misnumbered as (

    select
        arg_min(employee_id, effective_date) as employee_id,
        simulation_year,
        'hires of the year are not numbered from 1, by level' as fault

    from (
        select
            *,
            substr(employee_id, 9)::bigint as hire_no,
            row_number() over (partition by simulation_year order by level_after, employee_id) as expected_no

        from {{ ref('fct_yearly_events') }}
        where event_type = 'hire'
            and regexp_full_match(employee_id, 'NH_[0-9]{4}_[0-9]{7}')
    )
    where hire_no <> expected_no
    group by simulation_year

)

select * from repeated
union all
select * from unknown
union all
select * from misnamed
union all
select * from misnumbered
