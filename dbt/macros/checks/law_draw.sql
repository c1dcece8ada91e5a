{#- The draws of a person by their rule, written apart from the models' own macros so that a fault there is seen here:
    r = (c0 + c1·a + c2·b) mod 2³¹ − 1, with the coefficients of the year's plan and the halves of the person's id. -#}
{% macro law_draw(stream) -%}
(({{ stream }}_c0 + {{ stream }}_c1 * id_high + {{ stream }}_c2 * id_low) % 2147483647)
{%- endmacro %}

{#- u = (r + ½) / (2³¹ − 1), inside (0, 1). -#}
{% macro law_share(stream) -%}
(({{ law_draw(stream) }} + 0.5::double) / 2147483647)
{%- endmacro %}

{#- The whole part of u · count in integers, for u = (2r + 1) / (2 · (2³¹ − 1)). -#}
{% macro law_index(draw, count) -%}
cast((2 * {{ draw }} + 1) * cast({{ count }} as bigint) // 4294967294 as integer)
{%- endmacro %}

{#- The halves of an id's md5 modulo 2³¹ − 1, from the md5 as one number. -#}
{% macro law_id_halves(md5) -%}
cast(cast({{ md5 }} & 18446744073709551615::uhugeint as ubigint) % 2147483647 as bigint) as id_high,
        cast(cast({{ md5 }} >> 64 as ubigint) % 2147483647 as bigint) as id_low
{%- endmacro %}

{#- The order in which people are chosen to leave; whoever has no hazard comes last. -#}
{% macro law_leaving_key(share, hazard) -%}
if({{ hazard }} > 0, {{ share }} / {{ hazard }}, 'infinity'::double)
{%- endmacro %}

{#- The order of person numbers: the census by id, then hires by year and number. -#}
{% macro law_person(id) -%}
if(starts_with({{ id }}, 'NH_'), '1', '0') || {{ id }}
{%- endmacro %}

{#- USD as cents. -#}
{% macro law_cents(dollars) -%}
cast({{ dollars }} * 100 as bigint)
{%- endmacro %}

{#- Pay in cents after a change by a factor in millionths, rounded half up. -#}
{% macro law_raised(cents, factor) -%}
((2 * {{ cents }} * {{ factor }} + 1000000) // 2000000)
{%- endmacro %}
