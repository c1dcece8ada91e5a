{{ config(materialized='table', meta={'scope': 'run', 'content_by': 'fiscal_year'}) }}

select
    fiscal_year,
    level_id,
    cast(parameter_value as double) as promotion_probability,
    parameter_source

from {{ ref('int_effective_parameters') }}

where effect = 'promotion_chance'
