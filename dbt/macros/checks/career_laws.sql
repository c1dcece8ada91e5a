{#- What the rules say for each year, level, age, tenure and month, read from seeds, settings and resolved levers. -#}
{% macro career_laws() -%}
{{ law_years() }},

-- What is the same for all years, in one row: factors by age and tenure as lists, and the months that raises fall in.
common_laws as materialized (

    select
        bands.*,
        months.*,
        [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as days_before,
        [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as month_days

    from (
        select
            {% for kind in ['leaving', 'promotion'] -%}
            {% for dimension in ['age', 'tenure'] -%}
            list({{ kind }}_factor order by years) filter (where dimension = '{{ dimension }}') as {{ kind }}_by_{{ dimension }}{{ ',' if not loop.last }}
            {% endfor %}{{ ',' if not loop.last }}
            {% endfor %}
        from (
            select 'age' as dimension, * from ({{ law_bands('age') }})
            union all
            select 'tenure' as dimension, * from ({{ law_bands('tenure') }})
        )
    ) as bands
    cross join (
        select
            {% for month in range(1, 12) -%}
            cast(sum(share) filter (where month <= {{ month }}) as double) / cast(sum(share) as double) as upto_{{ month }}{{ ',' if not loop.last }}
            {% endfor %}
        from {{ ref('config_raise_months') }}
    ) as months

),

-- Who may be promoted in a year, by level, age and tenure at its January 1.
promotable as not materialized (

    select
        simulation_year + 1 as simulation_year,
        level_id,
        age + 1 as age,
        if(hire_date > make_date(simulation_year, 1, 1), 0, tenure + 1) as tenure,
        count(*) as people

    from {{ ref('fct_workforce_snapshot') }}
    where termination_date is null
    group by all

    union all

    select
        run.first_year as simulation_year,
        {{ law_census_level('census', 'minimums') }} as level_id,
        run.first_year - year(census.birth_date) - if(dayofyear(census.birth_date) > 1, 1, 0) as age,
        run.first_year - year(census.hire_date) - if(dayofyear(census.hire_date) > 1, 1, 0) as tenure,
        count(*) as people

    from {{ source('state', 'census') }} as census
    cross join {{ law_minimums() }} as minimums
    cross join {{ source('state', 'run') }} as run
    where census.termination_date is null
    group by all

),

mean_shapes as not materialized (

    select
        promotable.simulation_year,
        promotable.level_id,
        sum(promotable.people * {{ law_by_years('promotion_by_age', 'age') }} * {{ law_by_years('promotion_by_tenure', 'tenure') }}) / sum(promotable.people) as mean_shape

    from promotable
    cross join common_laws
    where promotable.tenure >= 1 and promotable.age < 65 and promotable.level_id < {{ law_top_level() }}
    group by all

),

levers as not materialized (

    select
        fiscal_year,
        level_id,
        1000000 + cast(sum(parameter_value) filter (where effect = 'raise') * 1000000 as bigint) as raise_factor,
        -- One source named once, several in the catalogue's order.
        if(
            count(distinct parameter_source) filter (where effect = 'raise') = 1,
            max(parameter_source) filter (where effect = 'raise'),
            string_agg(parameter_source, '+' order by ordinal) filter (where effect = 'raise')
        ) as raise_source,
        {% for effect in ['promotion', 'promotion_chance', 'hire_pay'] -%}
        cast(max(parameter_value) filter (where effect = '{{ effect }}') * 1000000 as bigint) as {{ effect }},
        max(parameter_source) filter (where effect = '{{ effect }}') as {{ effect }}_source{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_effective_parameters') }}
    group by all

),

-- Levels 0 and 41 stand for all that are none: a career must find one row, in which every rule is then unknown.
level_laws as materialized (

    select
        cast(years.simulation_year * 64 + levels.level_id as integer) as year_level,
        {{ law_top_level() }} as top_level,
        levers.raise_factor,
        levers.raise_source,
        lead(levers.raise_factor) over upwards as raise_factor_above,
        lead(levers.raise_source) over upwards as raise_source_above,
        1000000 + levers.promotion as promotion_factor,
        levers.promotion_chance_source as promotion_source,
        levers.promotion_chance / 1000000 as promotion_probability,
        levers.hire_pay_source as hire_source,
        cast(base.factor as double) * cast(level_factors.factor as double) as leaving_factor,
        nullif(mean_shapes.mean_shape, 0) as mean_shape

    from {{ source('state', 'plan_years') }} as years
    cross join (select cast(unnest(range(0, 42)) as integer) as level_id) as levels
    left join levers on years.simulation_year = levers.fiscal_year and levels.level_id = levers.level_id
    left join {{ ref('config_termination_hazard') }} as base on base.dimension = 'base'
    left join {{ ref('config_termination_hazard') }} as level_factors
        on level_factors.dimension = 'level' and levers.level_id = level_factors.lower_bound
    left join mean_shapes
        on levers.fiscal_year = mean_shapes.simulation_year and levers.level_id = mean_shapes.level_id
    window upwards as (partition by years.simulation_year order by levels.level_id)

)
{%- endmacro %}

{#- The factors of the bands that hold each of the years 0 to 127: those with the largest lower bound at or below it. -#}
{% macro law_bands(dimension) -%}
select
        years.years,
        cast(arg_max(bands.factor, bands.lower_bound) filter (where bands.kind = 'leaving') as double) as leaving_factor,
        cast(arg_max(bands.factor, bands.lower_bound) filter (where bands.kind = 'promotion') as double) as promotion_factor
    from (select cast(unnest(range(0, 128)) as integer) as years) as years
    inner join (
        select 'leaving' as kind, lower_bound, factor
        from {{ ref('config_termination_hazard') }} where dimension = '{{ dimension }}'
        union all
        select 'promotion' as kind, lower_bound, factor
        from {{ ref('config_promotion_shape') }} where dimension = '{{ dimension }}'
    ) as bands on bands.lower_bound <= years.years
    group by all
{%- endmacro %}

{% macro law_year_level(year, level) -%}
cast({{ year }} * 64 + greatest(0, least(41, coalesce({{ level }}, 0))) as integer)
{%- endmacro %}

{#- An age or tenure outside of 0 to 127 is out of every rule's reach too. -#}
{% macro law_by_years(list, years) -%}
{{ list }}[{{ years }} + 1]
{%- endmacro %}

{#- A census level: as stated, else by pay; minimums rise with the level (CFG-1). -#}
{% macro law_census_level(census, minimums) -%}
coalesce(
    cast({{ census }}.job_level as integer),
    cast(1 + len(list_filter({{ minimums }}.above_first, lambda edge: {{ census }}.annual_salary >= edge)) as integer)
)
{%- endmacro %}

{% macro law_top_level() -%}
(select max(level_id) from {{ ref('config_job_levels') }})
{%- endmacro %}

{% macro law_minimums() -%}
(
    select list(min_pay) filter (where level_id > 1) as above_first
    from {{ ref('config_job_levels') }}
)
{%- endmacro %}

{% macro law_years() -%}
year_laws as materialized (

    select *
    from {{ source('state', 'plan_years') }}

)
{%- endmacro %}

{#- The month that a share falls in: halved until one is left. -#}
{% macro law_month(share, first=1, last=12) -%}
{%- set middle = (first + last) // 2 -%}
{%- if first == last -%}{{ first }}
{%- else -%}
case when {{ share }} < upto_{{ middle }} then {{ law_month(share, first, middle) }} else {{ law_month(share, middle + 1, last) }} end
{%- endif -%}
{%- endmacro %}

{% macro law_at_most_one(value) -%}
if({{ value }} > 1, 1, {{ value }})
{%- endmacro %}
