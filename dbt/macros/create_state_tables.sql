{#- The tables that an engine fills: the run's inputs, the plan year, and the preceding years' own results. -#}
{% macro create_state_tables() %}
create schema if not exists state;
create table if not exists state.census (
    employee_id varchar, birth_date date, hire_date date, termination_date date,
    annual_salary decimal(18, 2), job_level tinyint
);
create table if not exists state.levers (
    scenario_id varchar, fiscal_year integer, job_level integer, event_type varchar,
    parameter_name varchar, parameter_value decimal(18, 6), is_locked boolean,
    created_at varchar, created_by varchar
);
create table if not exists state.lever_catalogue (
    ordinal integer, event_type varchar, parameter_name varchar, effect varchar, neutral_value decimal(18, 6)
);
create table if not exists state.own_scenarios (
    scenario_id varchar, parent_id varchar
);
create table if not exists state.run (
    scenario_id varchar, first_year integer, last_year integer
);
create table if not exists state.settings (
    headcount_growth bigint, termination_rate bigint, new_hire_termination_rate bigint
);
{% for table in ['plan_year', 'plan_years'] -%}
create table if not exists state.{{ table }} (
    simulation_year integer, first_year integer, first_day date, last_day date, days integer
    {%- for stream in draw_streams() %}, {{ stream }}_c0 bigint, {{ stream }}_c1 bigint, {{ stream }}_c2 bigint
    {%- endfor %}
);
{% endfor -%}
create table if not exists int_workforce_year (
    simulation_year integer, person_no bigint, id_high bigint, id_low bigint, birth_date date, hire_date date,
    birth_number integer, hire_number integer, age integer, tenure integer, hired_in_year boolean,
    opening_level integer, closing_level integer, termination_date date, termination_hazard double,
    promotion_date date, promotion_probability double, raise_date date
);
create table if not exists int_pay_year (
    simulation_year integer, person_no bigint, hired_in_year boolean, left_in_year boolean,
    starting_cents bigint, promotion_amount_cents bigint, raise_amount_cents bigint, closing_cents bigint,
    prorated_cents bigint, cash_cents bigint
);
{% endmacro %}
