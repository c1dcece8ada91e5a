{{ config(materialized='table') }}

{{ factor_by_year_of('age') }}
