with run as (

    select scenario_id, first_year from {{ source('state', 'run') }}

),

baseline as (

    select
        run.first_year - 1 as simulation_year,
        count(*) as closing,
        sum(people.salary_cents) as payroll_cents,
        median(people.salary_cents) as median_cents,
        -- As in a plan year: whoever was hired in it earned from that day on. Earlier rates of pay are not in a census.
        sum(
            case
                when people.hire_date >= make_date(run.first_year - 1, 1, 1)
                    then
                        (
                            2 * people.salary_cents * (make_date(run.first_year, 1, 1) - people.hire_date)
                            + (make_date(run.first_year, 1, 1) - make_date(run.first_year - 1, 1, 1))
                        )
                        // (2 * (make_date(run.first_year, 1, 1) - make_date(run.first_year - 1, 1, 1)))
                else people.salary_cents
            end
        ) as prorated_cents

    from {{ ref('int_baseline') }} as people
    cross join run
    group by all

),

groups as (

    -- Few plain sums over the people; everything else is sums of these.
    select
        simulation_year,
        hired_in_year,
        left_in_year,
        count(*) as people,
        count(promotion_amount_cents) as promotions,
        count(raise_amount_cents) as raises,
        sum(starting_cents) as starting_cents,
        sum(closing_cents) as closing_cents,
        sum(prorated_cents) as prorated_cents,
        coalesce(sum(raise_amount_cents), 0) as raise_cents,
        coalesce(sum(promotion_amount_cents), 0) as promotion_cents,
        coalesce(sum(cash_cents), 0) as cash_cents

    from {{ ref('int_pay_year') }}
    group by all

),

medians as (

    select
        simulation_year,
        median(closing_cents) as median_cents

    from {{ ref('int_pay_year') }}
    where not left_in_year
    group by all

),

totals as (

    select
        simulation_year,
        coalesce(sum(people) filter (where not hired_in_year), 0) as opening,
        coalesce(sum(people) filter (where hired_in_year), 0) as hires,
        coalesce(sum(people) filter (where left_in_year and not hired_in_year), 0) as experienced_terminations,
        coalesce(sum(people) filter (where left_in_year and hired_in_year), 0) as new_hire_terminations,
        sum(promotions) as promotions,
        sum(raises) as raises,
        coalesce(sum(people) filter (where not left_in_year), 0) as closing,
        coalesce(sum(people) filter (where not left_in_year and not hired_in_year), 0) as stayers,
        coalesce(sum(closing_cents) filter (where not left_in_year), 0) as payroll_cents,
        sum(prorated_cents) filter (where not left_in_year) as prorated_cents,
        sum(cash_cents) as cash_cents,
        coalesce(sum(closing_cents) filter (where not left_in_year and not hired_in_year), 0) as stayer_cents,
        coalesce(sum(closing_cents) filter (where not left_in_year and hired_in_year), 0) as new_hire_active_cents,
        coalesce(sum(closing_cents) filter (where left_in_year and not hired_in_year), 0)
            as experienced_termination_cents,
        coalesce(sum(closing_cents) filter (where left_in_year and hired_in_year), 0)
            as new_hire_termination_cents,
        sum(starting_cents) filter (where not left_in_year and not hired_in_year) as stayer_opening_cents,
        coalesce(sum(raise_cents) filter (where not left_in_year), 0) as stayer_raise_cents,
        coalesce(sum(promotion_cents) filter (where not left_in_year), 0) as stayer_promotion_cents

    from groups
    group by all

),

simulated as (

    select
        totals.*,
        medians.median_cents

    from totals
    left join medians on totals.simulation_year = medians.simulation_year

),

years as (

    select
        *,
        payroll_cents / closing as mean_cents,
        prorated_cents / closing as prorated_mean_cents

    from simulated

    union all by name

    -- The baseline stands as the year before the first.
    select
        *,
        payroll_cents / closing as mean_cents,
        prorated_cents / closing as prorated_mean_cents

    from baseline

),

compared as (

    select
        *,
        lag(mean_cents) over (order by simulation_year) as preceding_mean_cents,
        stayers > 0 as has_stayers

    from years

)

select
    run.scenario_id,
    compared.simulation_year,
    compared.opening,
    compared.hires,
    compared.experienced_terminations,
    compared.new_hire_terminations,
    compared.promotions,
    compared.raises,
    compared.closing,
    compared.stayers,
    {{ dollars('compared.payroll_cents') }} as payroll,
    {{ dollars('compared.stayer_cents') }} as continuous_active_pay,
    {{ dollars('compared.new_hire_active_cents') }} as new_hire_active_pay,
    {{ dollars('compared.experienced_termination_cents') }} as experienced_termination_pay,
    {{ dollars('compared.new_hire_termination_cents') }} as new_hire_termination_pay,
    compared.mean_cents / 100 as mean_pay,
    compared.median_cents / 100 as median_pay,
    compared.prorated_mean_cents / 100 as prorated_mean_pay,
    (compared.mean_cents / compared.preceding_mean_cents - 1) * 100 as growth,
    case when has_stayers then (stayer_cents / stayer_opening_cents - 1) * 100 end as matched_cohort_growth,
    -- The parts of growth, in pp of the preceding mean; they add up to it.
    case when has_stayers then stayer_raise_cents / stayers / preceding_mean_cents * 100 when not has_stayers then 0 end
        as raises_growth,
    case when has_stayers then stayer_promotion_cents / stayers / preceding_mean_cents * 100 when not has_stayers then 0 end
        as promotions_growth,
    case
        when has_stayers then (mean_cents - stayer_cents / stayers) / preceding_mean_cents * 100
        else (mean_cents / preceding_mean_cents - 1) * 100
    end as hires_growth,
    case
        when has_stayers then (stayer_opening_cents / stayers - preceding_mean_cents) / preceding_mean_cents * 100
        when not has_stayers then 0
    end as leavers_growth,
    {{ dollars('compared.cash_cents') }} as cash_paid

from compared
cross join run
