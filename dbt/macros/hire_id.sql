{#- The employee id of a simulated hire: NH_<year>_<7-digit number>. -#}
{% macro hire_id(year, number) -%}
'NH_' || {{ year }} || '_' || lpad(cast({{ number }} as varchar), 7, '0')
{%- endmacro %}
