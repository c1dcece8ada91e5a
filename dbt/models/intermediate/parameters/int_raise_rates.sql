{{ config(materialized='table', meta={'scope': 'run', 'content_by': 'fiscal_year'}) }}

select
    fiscal_year,
    level_id,
    1000000 + {{ millionths("sum(parameter_value) filter (where effect = 'raise')") }} as factor_millionths,
    {{ millionths("coalesce(sum(parameter_value) filter (where effect = 'cash'), 0)") }} as cash_millionths,
    -- The levers of a raise may come from several scenarios; in the catalogue's order, as in the lever file.
    -- list_distinct would lose that order.
    case
        when min(parameter_source) filter (where effect = 'raise') = max(parameter_source) filter (where effect = 'raise')
            then min(parameter_source) filter (where effect = 'raise')
        else string_agg(parameter_source, '+' order by ordinal) filter (where effect = 'raise')
    end as parameter_source

from {{ ref('int_effective_parameters') }}

where effect in ('raise', 'cash')

group by all
