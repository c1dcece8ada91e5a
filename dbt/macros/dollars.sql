{#- Cents as annual USD, DECIMAL(18,2). -#}
{% macro dollars(cents) -%}
cast(({{ cents }}) * 0.01 as decimal(18, 2))
{%- endmacro %}
