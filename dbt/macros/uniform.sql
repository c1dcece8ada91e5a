{#- The uniform number of a draw, inside (0, 1). -#}
{% macro uniform(draw) -%}
((cast({{ draw }} as double) + 0.5) / 2147483647)
{%- endmacro %}
