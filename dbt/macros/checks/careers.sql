{#-
    The written tables beside what the rules say of each person and year: everything that chance or a lever decides is
    worked out again from opening workforce, settings, levers and draws. One row of `careers` for each row of the
    snapshot; pay in cents. Nothing here is shared with the models, so that a fault there is not repeated here.
-#}
{% macro careers() -%}
with {{ career_laws() }},

{{ career_events() }},

-- First what a row says without any other: joins that choose among rows make every column after them slower. The plan
-- years are joined as the table that they stand in, whose few keys DuckDB knows, which costs next to nothing.
people as not materialized (

    select
        hash(snapshot.employee_id, snapshot.simulation_year) as career,
        snapshot.* exclude (
            scenario_id, opening_compensation, current_compensation, prorated_compensation, employment_status, detailed_status_code
        ),
        snapshot.hire_date >= years.first_day as is_new,
        snapshot.termination_date is not null as has_left,
        -- A hire of the year has no draws here.
        case when snapshot.hire_date < years.first_day then md5_number(snapshot.employee_id) end as id_number,
        {{ law_cents('snapshot.opening_compensation') }} as opening_cents,
        {{ law_cents('snapshot.current_compensation') }} as current_cents,
        {{ law_cents('snapshot.prorated_compensation') }} as prorated_cents,
        snapshot.employment_status,
        snapshot.detailed_status_code,
        years.* exclude (simulation_year, first_year)

    from {{ ref('fct_workforce_snapshot') }} as snapshot
    inner join {{ source('state', 'plan_years') }} as years on snapshot.simulation_year = years.simulation_year

),

opened as not materialized (

    select
        *,
        not is_new and tenure >= 1 as is_raisable,
        age = year(first_day) - year(birth_date) - if(dayofyear(birth_date) > 1, 1, 0)
        and tenure = greatest(0, year(first_day) - year(hire_date) - if(dayofyear(hire_date) > 1, 1, 0))
        and (opening_cents is null) = is_new
        and employment_status = if(has_left, 'terminated', 'active')
        and detailed_status_code = if(
            has_left,
            if(is_new, 'new_hire_termination', 'experienced_termination'),
            if(is_new, 'new_hire_active', 'continuous_active')
        ) as is_as_dated,
        {{ law_id_halves('id_number') }}

    from people
    cross join common_laws

),

drawn as not materialized (

    select
        career,
        simulation_year,
        employee_id,
        birth_date,
        hire_date,
        termination_date,
        age,
        tenure,
        level_id,
        is_new,
        has_left,
        is_raisable,
        opening_cents,
        current_cents,
        prorated_cents,
        is_as_dated,
        employment_status,
        detailed_status_code,
        days,
        greatest(first_day, hire_date) as begins_on,
        coalesce(termination_date, last_day) + 1 as ends_on,
        first_day,
        {{ law_by_years('leaving_by_age', 'age') }} as age_hazard,
        {{ law_by_years('leaving_by_tenure', 'tenure') }} as tenure_hazard,
        {{ law_by_years('promotion_by_age', 'age') }} * {{ law_by_years('promotion_by_tenure', 'tenure') }} as promotion_shape,
        {{ law_share('termination') }} as leaving_share,
        case when has_left and not is_new then greatest(
            first_day + {{ law_index(law_draw('termination_date'), 'days') }}, hire_date + 1
        ) end as law_left_on,
        {{ law_share('promotion') }} as promotion_share,
        {{ law_draw('promotion_date') }} as promotion_day_draw,
        {{ law_share('raise_month') }} as month_share,
        {{ law_draw('raise_day') }} as raise_day_draw,
        {% for month in range(1, 12) %}upto_{{ month }}, {% endfor -%}
        days_before,
        month_days

    from opened

),

raised as not materialized (

    select
        * exclude (law_raised_on),
        if(law_raised_on >= termination_date, null, law_raised_on) as raised_on

    from (
        select
            * exclude (days_before, month_days, raise_month, raise_day_draw),
            case when is_raisable then
                first_day + days_before[raise_month] + if(raise_month > 2, days - 365, 0)
                + {{ law_index('raise_day_draw', 'month_days[raise_month] + if(raise_month = 2, days - 365, 0)') }}
            end as law_raised_on

        from (
            select
                * exclude ({% for month in range(1, 12) %}upto_{{ month }}, {% endfor %}month_share),
                {{ law_month('month_share') }} as raise_month

            from drawn
        )
    )

),

calendar as not materialized (

    select
        careers.*,
        levels.* exclude (year_level, leaving_factor, promotion_probability, mean_shape),
        written.* exclude (simulation_year),
        careers.is_raisable and careers.opening_level < levels.top_level and careers.age < 65 as is_promotable,
        {{ law_at_most_one('levels.leaving_factor * careers.age_hazard * careers.tenure_hazard') }} as law_hazard,
        {{ law_at_most_one('levels.promotion_probability * (careers.promotion_shape / levels.mean_shape)') }} as law_probability

    from (
        select
            raised.*,
            promoted.promoted_on,
            promoted.stated_probability,
            raised.level_id - if(promoted.promoted_on is null, 0, 1) as opening_level

        from raised
        left join promoted on raised.career = promoted.career
    ) as careers
    inner join level_laws as levels
        on {{ law_year_level('careers.simulation_year', 'careers.opening_level') }} = levels.year_level
    inner join written on careers.simulation_year = written.simulation_year

),

chosen as not materialized (

    select
        * exclude (first_day, promotion_day_draw),
        case when is_chosen or promoted_on is not null
            then first_day + {{ law_index('promotion_day_draw', 'days') }} end as law_promoted_on

    from (
        select
            *,
            {{ law_leaving_key('leaving_share', 'law_hazard') }} as leaving_key,
            coalesce(is_promotable and promotion_share < law_probability, false) as is_chosen

        from calendar
    )

),

-- Promotion and raise compound in date order; on one day the promotion comes first, and the raise is that of the level in force.
paid as not materialized (

    select
        *,
        coalesce(raised_on < promoted_on, false) as is_raise_first,
        coalesce(opening_cents, current_cents) as starting_cents,
        if(promoted_on is null, 1000000, promotion_factor) as promoted_by,
        case
            when raised_on is null then 1000000
            when promoted_on <= raised_on then raise_factor_above
            else raise_factor
        end as raised_by,
        coalesce(promoted_on <= raised_on, false) as is_raised_above

    from chosen

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
        coalesce(least(promoted_on, raised_on), ends_on) as first_change_on,
        coalesce(greatest(promoted_on, raised_on), ends_on) as last_change_on

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
