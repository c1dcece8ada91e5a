{#- An integer in [0, count) chosen uniformly by a draw, in exact integer arithmetic. -#}
{% macro uniform_index(draw, count) -%}
(((2 * {{ draw }} + 1) * ({{ count }})) // 4294967294)
{%- endmacro %}
