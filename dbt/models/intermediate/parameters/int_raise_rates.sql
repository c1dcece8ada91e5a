{{ config(materialized='table', meta={'scope': 'run', 'content_by': 'fiscal_year'}) }}

select
    fiscal_year,
    level_id,
    1000000 + {{ millionths('sum(parameter_value)') }} as factor_millionths,
    -- merit_base and cola_rate may come from two scenarios; merit first, as in the lever file.
    array_to_string(
        list_distinct(list(parameter_source order by parameter_name desc)), '+'
    ) as parameter_source

from {{ ref('int_effective_parameters') }}

where parameter_name in ('merit_base', 'cola_rate')

group by all
