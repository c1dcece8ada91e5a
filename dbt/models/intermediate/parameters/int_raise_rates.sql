{{ config(materialized='table', meta={'scope': 'run', 'content_by': 'fiscal_year'}) }}

select
    fiscal_year,
    level_id,
    1000000 + {{ millionths('sum(parameter_value)') }} as factor_millionths,
    -- merit_base and cola_rate may come from two scenarios; merit first, as in the lever file. list_distinct would
    -- lose that order.
    case
        when min(parameter_source) = max(parameter_source) then min(parameter_source)
        else string_agg(parameter_source, '+' order by parameter_name desc)
    end as parameter_source

from {{ ref('int_effective_parameters') }}

where parameter_name in ('merit_base', 'cola_rate')

group by all
