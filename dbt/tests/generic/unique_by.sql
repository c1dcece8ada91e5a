{#- Values of the columns, taken together, that stand in more than one row. -#}
{% test unique_by(model, columns) %}
select
    {{ columns | join(', ') }},
    count(*) as times

from {{ model }}

group by {{ columns | join(', ') }}

having count(*) > 1
{% endtest %}
