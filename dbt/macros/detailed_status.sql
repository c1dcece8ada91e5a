{#- Where a person stands at year end, by when they came and whether they left. -#}
{% macro detailed_status(hired_in_year, left_in_year) -%}
case
        when {{ left_in_year }} and {{ hired_in_year }} then 'new_hire_termination'
        when {{ left_in_year }} then 'experienced_termination'
        when {{ hired_in_year }} then 'new_hire_active'
        else 'continuous_active'
    end
{%- endmacro %}
