{#- The events as they were written: promotions by person, who was chosen last of those who left, and for each year and
    type a sum of hashes, which equals that of the events worked out again only when the events do. -#}
{% macro career_events() -%}
promoted as not materialized (

    select
        hash(employee_id, simulation_year) as career,
        effective_date as promoted_on,
        probability as stated_probability

    from {{ ref('fct_yearly_events') }}
    where event_type = 'promotion'

),

leavers as not materialized (

    select
        simulation_year,
        employee_id,
        probability as hazard,
        {{ law_id_halves('md5_number(employee_id)') }}

    from {{ ref('fct_yearly_events') }}
    where event_category = 'experienced_termination'

),

-- The last one chosen has the largest u/h, and of equal ones the highest person number.
last_leavers as not materialized (

    select
        leavers.simulation_year,
        max({
            'key': {{ law_leaving_key(law_share('termination'), 'leavers.hazard') }},
            'person': {{ law_person('leavers.employee_id') }}
        }) as last_leaver

    from leavers
    inner join year_laws on leavers.simulation_year = year_laws.simulation_year
    group by all

),

written_kinds as not materialized (

    select
        simulation_year,
        event_type,
        event_category,
        count(*) as events,
        sum({{ law_event_hash('hash(employee_id, simulation_year)',
            'event_sequence * 1000000 + coalesce(level_before, 999) * 1000 + coalesce(level_after, 999)', 'effective_date',
            law_cents('previous_compensation'), law_cents('new_compensation'), 'parameter_source',
            "case when event_type = 'termination' then probability end") }}) as hashes

    from {{ ref('fct_yearly_events') }}
    group by all

),

-- Who is there when a year opens, with level and pay: the census, then those active when the year before closed.
carried as not materialized (

    select
        simulation_year + 1 as simulation_year,
        sum({{ law_person_hash('employee_id', 'birth_date', 'hire_date', 'level_id', law_cents('current_compensation')) }})
            as hashes

    from {{ ref('fct_workforce_snapshot') }}
    where termination_date is null
    group by all

    union all

    select
        run.first_year as simulation_year,
        sum({{ law_person_hash('census.employee_id', 'census.birth_date', 'census.hire_date',
            law_census_level('census', 'minimums'), law_cents('census.annual_salary')) }}) as hashes

    from {{ source('state', 'census') }} as census
    cross join {{ law_minimums() }} as minimums
    cross join {{ source('state', 'run') }} as run
    where census.termination_date is null
    group by all

),

-- All that careers are held against, by plan year.
written as materialized (

    select
        year_laws.*,
        last_leavers.last_leaver,
        coalesce(carried.hashes, 0) as carried_people,
        {% for category, type in law_event_kinds() -%}
        coalesce(kinds.{{ category }}_hashes, 0) as written_{{ category }},
        {% endfor -%}
        coalesce(kinds.events, 0) as written_events

    from year_laws
    left join (
        select
            simulation_year,
            {% for category, type in law_event_kinds() -%}
            sum(hashes) filter (where event_type = '{{ type }}' and event_category = '{{ category }}') as {{ category }}_hashes,
            {% endfor -%}
            sum(events) as events
        from written_kinds
        group by all
    ) as kinds on year_laws.simulation_year = kinds.simulation_year
    left join last_leavers on year_laws.simulation_year = last_leavers.simulation_year
    left join (
        select simulation_year, sum(hashes) as hashes from carried group by all
    ) as carried on year_laws.simulation_year = carried.simulation_year

)
{%- endmacro %}

{% macro law_person_hash(id, birth_date, hire_date, level, cents) -%}
hash({{ id }}, {{ birth_date }}, {{ hire_date }}, cast({{ level }} as integer), cast({{ cents }} as bigint))
{%- endmacro %}

{% macro law_event_kinds() -%}
{{ return([
  ('hire', 'hire'), ('promotion', 'promotion'), ('raise', 'raise'),
  ('experienced_termination', 'termination'), ('new_hire_termination', 'termination')
]) }}
{%- endmacro %}

{#- `place` holds sequence and levels, with 999 for a level that an event does not have; pay in cents. -#}
{% macro law_event_hash(career, place, date, previous, new, source, hazard) -%}
hash(
            {{ career }}, cast({{ place }} as integer), cast({{ date }} as date), cast({{ previous }} as bigint),
            cast({{ new }} as bigint), cast({{ source }} as varchar), cast({{ hazard }} as double)
        )
{%- endmacro %}
