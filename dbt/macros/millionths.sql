{#- A lever or rate held to six decimals, as an integer of millionths. -#}
{% macro millionths(value) -%}
cast(cast({{ value }} as decimal(18, 6)) * 1000000 as bigint)
{%- endmacro %}
