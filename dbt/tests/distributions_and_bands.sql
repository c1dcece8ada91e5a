with levels as (

    select count(*) as levels from {{ ref('config_job_levels') }}

),

shares as (

    select 'config_raise_months' as seed, month as item, share from {{ ref('config_raise_months') }}
    union all
    select 'config_hire_levels' as seed, level_id as item, share from {{ ref('config_hire_levels') }}
    union all
    select 'config_hire_ages' as seed, age as item, share from {{ ref('config_hire_ages') }}

),

-- Raise months are stated in parts of their own sum; the other two are stated as parts of 1.
distributions as (

    select
        seed,
        sum(share) as total,
        case
            when bool_or(share is null or share < 0) then 'a share is negative or missing'
            when count(*) <> count(distinct item) then 'an item stands twice'
            when seed = 'config_raise_months' and (count(*) <> 12 or min(item) <> 1 or max(item) <> 12)
                then 'the months are not 1 to 12'
            when seed = 'config_hire_levels' and (min(item) < 1 or max(item) > any_value(levels))
                then 'a level that is none'
            when seed = 'config_raise_months' and sum(share) <= 0 then 'the shares sum to nothing'
            when seed <> 'config_raise_months' and abs(sum(share) - 1) > 0.001 then 'the shares do not sum to 1'
        end as fault

    from shares
    cross join levels
    group by seed

),

-- What the models draw from, after normalising: each stretch begins where the one before ends, and the last ends at 1.
stretches as (

    select
        'stg_hire_ages' as seed,
        max(upper_share) as total,
        case
            when abs(max(upper_share) - 1) > 0.001 then 'the normalised shares do not end at 1'
            when bool_or(is_torn) then 'stretches with a gap or overlap'
        end as fault

    from (
        select
            upper_share,
            lower_share <> coalesce(lag(upper_share) over (order by age), 0) or upper_share < lower_share as is_torn

        from {{ ref('stg_hire_ages') }}
    )

),

bounds as (

    select 'config_termination_hazard' as seed, dimension, lower_bound, factor
    from {{ ref('config_termination_hazard') }}

    union all

    select 'config_promotion_shape' as seed, dimension, lower_bound, factor
    from {{ ref('config_promotion_shape') }}

),

-- A band ends where the next begins: whole when the first begins at 0 and no bound stands twice.
bands as (

    select
        wanted.seed,
        null::double as total,
        case
            when count(bounds.lower_bound) = 0 then 'no bands for ' || wanted.dimension
            when bool_or(bounds.factor is null or bounds.factor < 0) then 'a negative or missing factor for '
                || wanted.dimension
            when count(bounds.lower_bound) <> count(distinct bounds.lower_bound) then 'bands overlap for '
                || wanted.dimension
            when wanted.dimension in ('age', 'tenure') and min(bounds.lower_bound) <> 0 then 'a gap below the first '
                || wanted.dimension || ' band'
            when wanted.dimension = 'level'
                and (count(*) <> any_value(levels) or min(bounds.lower_bound) <> 1 or max(bounds.lower_bound) <> any_value(levels))
                then 'not one factor for each level'
            when wanted.dimension = 'base' and count(*) <> 1 then 'more than one base'
        end as fault

    from (
        values
        ('config_termination_hazard', 'base'),
        ('config_termination_hazard', 'level'),
        ('config_termination_hazard', 'age'),
        ('config_termination_hazard', 'tenure'),
        ('config_promotion_shape', 'age'),
        ('config_promotion_shape', 'tenure')
    ) as wanted (seed, dimension)
    cross join levels
    left join bounds
        on wanted.seed = bounds.seed
        and wanted.dimension = bounds.dimension
    group by wanted.seed, wanted.dimension

),

job_levels as (

    select
        'config_job_levels' as seed,
        null::double as total,
        case
            when count(*) <> count(distinct level_id) or min(level_id) <> 1 or max(level_id) <> count(*)
                then 'the levels are not numbered from 1'
            when bool_or(min_pay <= 0 or min_pay >= max_pay) then 'a range of pay is empty'
            when bool_or(hire_midpoint not between min_pay and max_pay) then 'a hire midpoint outside its range'
            when bool_or(min_pay <= lower_min_pay) then 'minimums do not rise with the level'
        end as fault

    from (
        select *, lag(min_pay) over (order by level_id) as lower_min_pay
        from {{ ref('config_job_levels') }}
    )

)

select * from distributions where fault is not null
union all
select * from stretches where fault is not null
union all
select * from bands where fault is not null
union all
select * from job_levels where fault is not null
