{{ config(materialized='table', meta={'scope': 'run', 'content_by': 'fiscal_year'}) }}

select
    fiscal_year,
    level_id,
    1000000 + {{ millionths('parameter_value') }} as factor_millionths,
    parameter_source

from {{ ref('int_effective_parameters') }}

where effect = 'promotion'
