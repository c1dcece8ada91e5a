{#- Pay in cents after a change by a factor in millionths, rounded to the cent (pay is positive). -#}
{% macro cents_after(cents, millionths) -%}
((({{ cents }}) * ({{ millionths }}) + 500000) // 1000000)
{%- endmacro %}
