{#- A draw: an integer in [0, 2³¹ − 1), a pure function of seed, stream, year (the plan year's coefficients) and
    employee id (split into two integers below 2³¹ − 1). The sum stays below 2⁶³, so BIGINT holds it exactly. -#}
{% macro draw(stream, person, plan) -%}
(({{ plan }}.{{ stream }}_c0 + {{ plan }}.{{ stream }}_c1 * {{ person }}.id_high + {{ plan }}.{{ stream }}_c2 * {{ person }}.id_low) % 2147483647)
{%- endmacro %}
