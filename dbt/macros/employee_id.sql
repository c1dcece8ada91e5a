{#- The employee id of a person: from the census, or made from the number of a simulated hire. -#}
{% macro employee_id(baseline, workforce) -%}
coalesce(
    {{ baseline }}.employee_id,
    {{ hire_id(workforce ~ '.person_no // 10000000', workforce ~ '.person_no % 10000000') }}
)
{%- endmacro %}
