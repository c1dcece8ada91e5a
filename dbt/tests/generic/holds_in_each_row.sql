{#- Rows for which a rule does not hold. A rule that comes out null does not hold. -#}
{% test holds_in_each_row(model, rule) %}
select * from {{ model }}

where not coalesce({{ rule }}, false)
{% endtest %}
