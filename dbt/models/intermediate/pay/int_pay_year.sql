{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='simulation_year',
    meta={'scope': 'year', 'checkpoint': true}
) }}

with priced as (

    -- Only what pay needs: planning takes longer than running here, and grows with the columns.
    select
        workforce.simulation_year,
        workforce.person_no,
        workforce.hired_in_year,
        workforce.termination_date,
        workforce.promotion_date,
        workforce.raise_date,
        starting.starting_cents,
        greatest(plan.first_day, workforce.hire_date) as first_day,
        coalesce(workforce.termination_date, plan.last_day) + 1 as end_day,
        plan.days,
        -- On one day the promotion comes first, and the raise is that of the level in force.
        coalesce(workforce.raise_date < workforce.promotion_date, false) as is_raise_first,
        case when workforce.promotion_date is null then 1000000 else promotion_raises.factor_millionths end
            as promotion_factor,
        case when workforce.raise_date is null then 1000000 else raise_rates.factor_millionths end as raise_factor,
        raise_rates.cash_millionths

    from {{ ref('int_workforce_year') }} as workforce
    inner join {{ source('state', 'plan_year') }} as plan on workforce.simulation_year = plan.simulation_year
    inner join {{ ref('int_starting_pay') }} as starting on workforce.person_no = starting.person_no
    inner join {{ ref('int_promotion_raises') }} as promotion_raises
        on workforce.simulation_year = promotion_raises.fiscal_year
        and workforce.opening_level = promotion_raises.level_id
    inner join {{ ref('int_raise_rates') }} as raise_rates
        on workforce.simulation_year = raise_rates.fiscal_year
        and raise_rates.level_id = case
            when workforce.promotion_date <= workforce.raise_date then workforce.closing_level
            else workforce.opening_level
        end

),

first_changed as (

    select
        *,
        -- With one change only, both dates are that change's; with none, the end.
        coalesce(least(promotion_date, raise_date), end_day) as first_change_date,
        coalesce(greatest(promotion_date, raise_date), end_day) as last_change_date,
        {{ cents_after('starting_cents', 'case when is_raise_first then raise_factor else promotion_factor end') }}
            as middle_cents

    from priced

),

changed as (

    select
        *,
        {{ cents_after('middle_cents', 'case when is_raise_first then promotion_factor else raise_factor end') }}
            as closing_cents

    from first_changed

)

select
    simulation_year,
    person_no,
    hired_in_year,
    termination_date is not null as left_in_year,
    starting_cents,
    case
        when promotion_date is null then null
        when is_raise_first then closing_cents - middle_cents
        else middle_cents - starting_cents
    end as promotion_amount_cents,
    case
        when raise_date is null then null
        when is_raise_first then middle_cents - starting_cents
        else closing_cents - middle_cents
    end as raise_amount_cents,
    closing_cents,
    -- Pay in force by days; the day of a change counts at the new rate, first and last day included.
    (
        2 * (
            starting_cents * (first_change_date - first_day)
            + middle_cents * (last_change_date - first_change_date)
            + closing_cents * (end_day - last_change_date)
        ) + days
    ) // (2 * days) as prorated_cents,
    -- Paid on the raise's day, of the pay in force from then on; no part of that pay.
    case
        when raise_date is null then 0
        else ((case when is_raise_first then middle_cents else closing_cents end) * cash_millionths + 500000) // 1000000
    end as cash_cents

from changed
