{{ config(materialized='table') }}

with months as (

    select
        month,
        cast(sum(share) over (order by month) as double)
        / cast(sum(share) over () as double) as cumulative_share

    from {{ ref('config_raise_months') }}

)

-- One row with a column for each month's end, so that a month is found by comparisons and not by a range join.
select
    {% for month in range(1, 12) -%}
    max(cumulative_share) filter (where month = {{ month }}) as upto_{{ month }}{{ ',' if not loop.last }}
    {% endfor %}
from months
