{#- The two numbers below 2³¹ − 1 that stand for an employee id in every draw: the halves of its md5. -#}
{% macro id_numbers(id) -%}
cast(md5_number_upper({{ id }}) % 2147483647 as bigint) as id_high,
        cast(md5_number_lower({{ id }}) % 2147483647 as bigint) as id_low
{%- endmacro %}
