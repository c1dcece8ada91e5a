{#-
    The written tables beside what the rules say of each person and year: everything that chance or a lever decides is
    worked out again from opening workforce, settings, levers and draws. One row of `careers` for each row of the
    snapshot; pay in cents. Nothing here is shared with the models, so that a fault there is not repeated here.
-#}
{% macro careers() -%}
with {{ career_laws() }},

{{ career_events() }},

people as not materialized (

    select
        hash(snapshot.employee_id, snapshot.simulation_year) as career,
        snapshot.* exclude (opening_compensation, current_compensation, prorated_compensation),
        snapshot.hire_date >= make_date(snapshot.simulation_year, 1, 1) as is_new,
        snapshot.termination_date is not null as has_left,
        md5_number(snapshot.employee_id) as id_number,
        {{ law_cents('snapshot.opening_compensation') }} as opening_cents,
        {{ law_cents('snapshot.current_compensation') }} as current_cents,
        {{ law_cents('snapshot.prorated_compensation') }} as prorated_cents,
        promoted.promoted_on,
        promoted.stated_probability,
        snapshot.level_id - if(promoted.promoted_on is null, 0, 1) as opening_level

    from {{ ref('fct_workforce_snapshot') }} as snapshot
    left join promoted on hash(snapshot.employee_id, snapshot.simulation_year) = promoted.career

),

opened as not materialized (

    select
        *,
        not is_new and tenure >= 1 as is_raisable,
        not is_new and tenure >= 1 and opening_level < 5 and age < 65 as is_promotable,
        {{ law_id_halves('id_number') }}

    from people

),

drawn as not materialized (

    select
        opened.* exclude (id_number, id_high, id_low),
        year_laws.* exclude (
            simulation_year, first_year{% for stream in draw_streams() %}, {{ stream }}_c0, {{ stream }}_c1, {{ stream }}_c2{% endfor %}
        ),
        levels.raise_factor,
        levels.raise_source,
        levels.raise_factor_above,
        levels.raise_source_above,
        levels.promotion_factor,
        levels.promotion_source,
        levels.hire_source,
        levels.leaving_factor * pairs.leaving_by_age * pairs.leaving_by_tenure as raw_hazard,
        levels.promotion_probability * (pairs.promotion_shape / levels.mean_shape) as raw_probability,
        {{ law_share('termination') }} as leaving_share,
        case when opened.has_left and not opened.is_new then greatest(
            year_laws.first_day + {{ law_index(law_draw('termination_date'), 'year_laws.days') }}, opened.hire_date + 1
        ) end as law_left_on,
        {{ law_share('promotion') }} as promotion_share,
        {{ law_draw('promotion_date') }} as promotion_day_draw,
        {{ law_share('raise_month') }} as month_share,
        {{ law_draw('raise_day') }} as raise_day_draw

    from opened
    inner join written as year_laws on opened.simulation_year = year_laws.simulation_year
    inner join level_laws as levels on {{ law_year_level('opened.simulation_year', 'opened.opening_level') }} = levels.year_level
    inner join pair_laws as pairs on {{ law_pair('opened.age', 'opened.tenure') }} = pairs.pair

),

ruled as not materialized (

    select
        *,
        least(1.0, raw_hazard) as law_hazard,
        least(1.0, raw_probability) as law_probability,
        make_date(simulation_year, 1 {% for month in range(1, 12) -%}
        + cast(month_share >= upto_{{ month }} as integer) {% endfor %}, 1) as month_start

    from drawn

),

calendar as not materialized (

    select
        * exclude (month_start, {% for month in range(1, 12) %}upto_{{ month }}{{ ', ' if not loop.last }}{% endfor %}),
        case when promoted_on is not null or (is_promotable and promotion_share < law_probability)
            then first_day + {{ law_index('promotion_day_draw', 'days') }} end as law_promoted_on,
        case when is_raisable
            then month_start + {{ law_index('raise_day_draw', 'day(last_day(month_start))') }} end as law_raised_on

    from ruled

),

dated as not materialized (

    select
        *,
        if(law_raised_on >= termination_date, null, law_raised_on) as raised_on

    from calendar

),

-- Promotion and raise compound in date order; on one day the promotion comes first, and the raise is that of the level in force.
paid as not materialized (

    select
        dated.*,
        coalesce(dated.raised_on < dated.promoted_on, false) as is_raise_first,
        coalesce(dated.opening_cents, dated.current_cents) as starting_cents,
        if(dated.promoted_on is null, 1000000, dated.promotion_factor) as promoted_by,
        case
            when dated.raised_on is null then 1000000
            when dated.promoted_on <= dated.raised_on then dated.raise_factor_above
            else dated.raise_factor
        end as raised_by,
        coalesce(dated.promoted_on <= dated.raised_on, false) as is_raised_above

    from dated

),

halfway as not materialized (

    select
        *,
        {{ law_raised('starting_cents', 'if(is_raise_first, raised_by, promoted_by)') }} as middle_cents

    from paid

),

closed as not materialized (

    select
        *,
        {{ law_raised('middle_cents', 'if(is_raise_first, promoted_by, raised_by)') }} as closing_cents,
        greatest(first_day, hire_date) as begins_on,
        coalesce(least(promoted_on, raised_on), coalesce(termination_date, last_day) + 1) as first_change_on,
        coalesce(greatest(promoted_on, raised_on), coalesce(termination_date, last_day) + 1) as last_change_on,
        coalesce(termination_date, last_day) + 1 as ends_on

    from halfway

),

careers as not materialized (

    select
        *,
        case when is_new then {{ law_event_hash('career', "hash('hire', 'hire')", '1999000 + level_id', 'hire_date', 'null', 'starting_cents',
            'hire_source', 'null') }} end as hire_hash,
        case when promoted_on is not null then {{ law_event_hash('career', "hash('promotion', 'promotion')",
            'if(is_raise_first, 2000000, 1000000) + opening_level * 1001 + 1', 'promoted_on',
            'if(is_raise_first, middle_cents, starting_cents)', 'if(is_raise_first, closing_cents, middle_cents)',
            'promotion_source', 'null') }} end as promotion_hash,
        case when raised_on is not null then {{ law_event_hash('career', "hash('raise', 'raise')",
            'if(promoted_on is null or is_raise_first, 1000000, 2000000) + if(is_raised_above, level_id, opening_level) * 1001',
            'raised_on', 'if(is_raise_first, starting_cents, middle_cents)',
            'if(is_raise_first, middle_cents, closing_cents)', 'if(is_raised_above, raise_source_above, raise_source)',
            'null') }} end as raise_hash,
        case when has_left then {{ law_event_hash('career',
            "if(is_new, hash('termination', 'new_hire_termination'), hash('termination', 'experienced_termination'))",
            '(1 + is_new::integer + (promoted_on is not null)::integer + (raised_on is not null)::integer) * 1000000
            + level_id * 1000 + 999', 'termination_date', 'closing_cents', 'null', 'null', 'if(is_new, null, law_hazard)') }} end
            as termination_hash

    from closed

)
{%- endmacro %}
