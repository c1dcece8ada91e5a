{#- One row for each whole year of a dimension (age or tenure, 0 to 121: 80 at a baseline of 2019, to 2060), so that bands become an equality join. -#}
{% macro factor_by_year_of(dimension) %}
with years as (

    select cast(unnest(range(0, 122)) as integer) as {{ dimension }}

),

bands as (

    select
        'termination' as kind,
        lower_bound,
        factor,
        lead(lower_bound, 1, 122) over (order by lower_bound) as upper_bound

    from {{ ref('config_termination_hazard') }}
    where dimension = '{{ dimension }}'

    union all

    select
        'promotion' as kind,
        lower_bound,
        factor,
        lead(lower_bound, 1, 122) over (order by lower_bound) as upper_bound

    from {{ ref('config_promotion_shape') }}
    where dimension = '{{ dimension }}'

)

select
    years.{{ dimension }},
    cast(max(bands.factor) filter (where bands.kind = 'termination') as double) as termination_factor,
    max(bands.factor) filter (where bands.kind = 'promotion') as promotion_factor

from years
inner join bands
    on years.{{ dimension }} >= bands.lower_bound
    and years.{{ dimension }} < bands.upper_bound

group by all
{% endmacro %}
