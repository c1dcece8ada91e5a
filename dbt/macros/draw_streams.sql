{#- The named uses of draws; each has three coefficients in `state.plan_year`, derived by the host. -#}
{% macro draw_streams() -%}
{{ return([
  'termination', 'termination_date', 'hire_age', 'hire_birth_day', 'hire_date', 'hire_pay',
  'new_hire_termination', 'new_hire_termination_date', 'promotion', 'promotion_date', 'raise_month', 'raise_day'
]) }}
{%- endmacro %}
