{{ config(materialized='table', meta={'scope': 'run', 'content_by': 'fiscal_year'}) }}

select
    fiscal_year,
    level_id,
    {{ millionths('parameter_value') }} as adjustment_millionths,
    parameter_source

from {{ ref('int_effective_parameters') }}

where effect = 'hire_pay'
