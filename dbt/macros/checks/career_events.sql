{#- The events as they were written: promotions by person, who was chosen last of those who left, and for each year
    a sum of hashes, which equals that of the events worked out again only when the events do. -#}
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
        }) as chosen

    from leavers
    inner join year_laws on leavers.simulation_year = year_laws.simulation_year
    group by all

),

written_kinds as materialized (

    select
        simulation_year,
        count(*) as events,
        sum(event_hash) filter (where event_type = 'raise') as raises,
        sum(event_hash) as hashes

    from (
        select
            simulation_year,
            event_type,
            {{ law_event_hash('hash(employee_id, simulation_year)', 'hash(event_type, event_category)',
                'event_sequence * 1000000 + coalesce(level_before, 999) * 1000 + coalesce(level_after, 999)', 'effective_date',
                'previous_compensation', 'new_compensation', 'parameter_source',
                "case when event_type = 'termination' then probability end") }} as event_hash
        from {{ ref('fct_yearly_events') }}
    )
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

-- All that careers are held against, by year, and what stands in a year that is none of the plan's: that has no career.
written as materialized (

    select
        years.simulation_year,
        last_leavers.chosen.key as last_key,
        last_leavers.chosen.person as last_person,
        coalesce(carried.hashes, 0) as carried_people,
        coalesce(kinds.raises, 0) as written_raises,
        coalesce(kinds.hashes - coalesce(kinds.raises, 0), 0) as written_others,
        coalesce(kinds.events, 0) as written_events,
        stray_people.people as stray_people,
        stray_events.events as stray_events

    from {{ source('state', 'plan_years') }} as years
    left join written_kinds as kinds on years.simulation_year = kinds.simulation_year
    left join last_leavers on years.simulation_year = last_leavers.simulation_year
    left join (
        select simulation_year, sum(hashes) as hashes from carried group by all
    ) as carried on years.simulation_year = carried.simulation_year
    cross join (
        select count(*) - count(*) filter (where simulation_year between run.first_year and run.last_year) as people
        from {{ ref('fct_workforce_snapshot') }}
        cross join {{ source('state', 'run') }} as run
    ) as stray_people
    cross join (
        select coalesce(sum(kinds.events) filter (where plan_years.simulation_year is null), 0) as events
        from written_kinds as kinds
        left join {{ source('state', 'plan_years') }} as plan_years on kinds.simulation_year = plan_years.simulation_year
    ) as stray_events

)
{%- endmacro %}

{% macro law_person_hash(id, birth_date, hire_date, level, cents) -%}
hash({{ id }}, {{ birth_date }}, {{ hire_date }}, cast({{ level }} as integer), cast({{ cents }} as bigint))
{%- endmacro %}

{#- `kind` is the hash of type and category; `place` holds sequence and levels, with 999 for a level that an event does not have; pay in cents. -#}
{% macro law_event_hash(career, kind, place, date, previous, new, source, hazard) -%}
hash(
            {{ career }}, {{ kind }}, cast({{ place }} as integer), cast({{ date }} as date), {{ previous }},
            {{ new }}, cast({{ source }} as varchar), cast({{ hazard }} as double)
        )
{%- endmacro %}
