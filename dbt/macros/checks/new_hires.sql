{#- The year's hires as they were written, beside what the rules say of each; pay in parts of a cent. -#}
{% macro new_hires() -%}
with {{ law_years() }},

-- First of all the few rows that are hires: without this, everybody's id would be hashed before they are chosen.
hired as materialized (

    select simulation_year, employee_id, level_id, birth_date, hire_date, termination_date, current_compensation
    from {{ ref('fct_workforce_snapshot') }}
    where hire_date >= make_date(simulation_year, 1, 1)

),

written_hires as not materialized (

    select
        simulation_year,
        employee_id,
        level_id,
        birth_date,
        hire_date,
        termination_date,
        termination_date is not null as has_left,
        {{ law_cents('current_compensation') }} as pay_cents,
        try_cast(substr(employee_id, 9) as integer) as hire_no,
        date_sub('year', birth_date, hire_date) as age,
        {{ law_id_halves('md5_number(employee_id)') }}

    from hired

),

levels as not materialized (

    select
        counted.*,
        sum(counted.level_hires) over (partition by counted.simulation_year order by counted.level_id)
        - counted.level_hires as lower_level_hires,
        cast(cast(job_levels.hire_midpoint * 100 as bigint) * cast(levers.parameter_value * 1000000 as bigint) as hugeint)
            as midpoint_parts

    from (
        select simulation_year, level_id, count(*) as level_hires
        from hired
        group by all
    ) as counted
    left join {{ ref('int_effective_parameters') }} as levers
        on counted.simulation_year = levers.fiscal_year
        and counted.level_id = levers.level_id
        and levers.effect = 'hire_pay'
    left join {{ ref('config_job_levels') }} as job_levels on counted.level_id = job_levels.level_id

),

drawn as not materialized (

    select
        hires.*,
        year_laws.last_day,
        levels.level_hires,
        levels.lower_level_hires,
        levels.midpoint_parts * (90 * 4294967294::hugeint + 18 * (2 * {{ law_draw('hire_pay') }} + 1)) as law_pay,
        year_laws.first_day + {{ law_index(law_draw('hire_date'), 'year_laws.days') }} as law_hired_on,
        {{ law_index(law_draw('hire_birth_day'), '365') }} as days_since_birthday,
        {{ law_share('hire_age') }} as age_share,
        {{ law_draw('new_hire_termination') }} as leaving_draw,
        case when hires.has_left then {{ law_draw('new_hire_termination_date') }} end as leaving_day_draw

    from written_hires as hires
    left join year_laws on hires.simulation_year = year_laws.simulation_year
    left join levels on hires.simulation_year = levels.simulation_year and hires.level_id = levels.level_id

),

-- An age is drawn when the share lies between the shares up to the age before and up to it. Nobody is born a whole year
-- before the day that the age names, so the written birth date tells which age is claimed.
ages as not materialized (

    select
        age,
        cast(coalesce(sum(share) over (order by age rows between unbounded preceding and 1 preceding), 0) as double)
        / cast(sum(share) over () as double) as from_share,
        cast(sum(share) over (order by age) as double) / cast(sum(share) over () as double) as upto_share

    from {{ ref('config_hire_ages') }}

),

new_hires as not materialized (

    select
        drawn.*,
        case when drawn.age_share >= ages.from_share and drawn.age_share < ages.upto_share
            then cast(drawn.hire_date - to_years(ages.age) as date) - drawn.days_since_birthday end as law_born_on,
        -- Whoever came on the last day leaves on it, and is chosen last.
        case
            when drawn.hire_date = drawn.last_day then drawn.last_day
            else drawn.hire_date + 1 + {{ law_index('drawn.leaving_day_draw', '(drawn.last_day - drawn.hire_date)') }}
        end as law_left_on,
        (cast(drawn.hire_date = drawn.last_day as bigint) << 56) + (drawn.leaving_draw << 24) + drawn.hire_no as leaving_order

    from drawn
    left join ages on drawn.age = ages.age

)
{%- endmacro %}

{#- A cent in the parts that hire pay is exact in: millionths of the lever, hundredths of 2 · (2³¹ − 1) of the draw. -#}
{% macro law_pay_parts() -%}
cast(1000000 * 100 * 4294967294 as hugeint)
{%- endmacro %}

{% macro law_hire_id(year, number) -%}
concat('NH_', {{ year }}, '_', lpad({{ number }}::varchar, 7, '0'))
{%- endmacro %}
