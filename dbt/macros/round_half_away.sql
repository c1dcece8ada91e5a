{#- numerator / denominator rounded half away from zero, for integers with a positive denominator. -#}
{% macro round_half_away(numerator, denominator) -%}
(sign({{ numerator }}) * ((2 * abs({{ numerator }}) + ({{ denominator }})) // (2 * ({{ denominator }}))))
{%- endmacro %}
