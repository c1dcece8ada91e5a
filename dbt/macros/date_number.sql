{#- A date as the integer yyyymmdd: the whole years between two dates are the difference divided by 10000. -#}
{% macro date_number(date) -%}
cast(year({{ date }}) * 10000 + month({{ date }}) * 100 + day({{ date }}) as integer)
{%- endmacro %}
