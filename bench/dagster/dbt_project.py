"""Builds the dbt project in Dagster twice and prints both as a line of JSON: `dbt_project.py SPECIFICATION`.

SPECIFICATION is a JSON file of {project, manifest, database, target, dbt, years}. The database holds the run's inputs.
A year is a partition: its models read the rows of the year before, which dbt knows as a source. The time is that of
the runs themselves, after Dagster is imported and the assets are defined; nothing has changed before the second.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import dagster as dg
import duckdb
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, dbt_assets
from measure import measure, quiet_instance


class Names(DagsterDbtTranslator):
    """A source that is the year before of a model: by its own name or by its table, Dagster would see a circle."""

    def get_asset_key(self, dbt_resource_props):
        kind, name = dbt_resource_props["resource_type"], dbt_resource_props["name"]
        return dg.AssetKey([dbt_resource_props["source_name"], name] if kind == "source" else [name])

    def get_metadata(self, dbt_resource_props):
        return {}


def assets_of(spec):
    manifest = Path(spec["manifest"])
    # Tests read models of several scopes: they run when all of these are there, as ours do.
    translator = Names(settings=DagsterDbtTranslatorSettings(enable_asset_checks=False))
    options = {"manifest": manifest, "dagster_dbt_translator": translator}
    years = dg.StaticPartitionsDefinition([str(year) for year in spec["years"]])

    def set_plan_year(year):
        with duckdb.connect(spec["database"]) as connection:
            connection.execute("delete from state.plan_year")
            connection.execute("insert into state.plan_year from state.plan_years where simulation_year = ?", [year])

    @dbt_assets(name="whole_run", select="config.meta.scope:run resource_type:seed", **options)
    def whole_run(context: dg.AssetExecutionContext, dbt: DbtCliResource):
        set_plan_year(spec["years"][0])
        yield from dbt.cli(["build", "--exclude-resource-types", "test", "unit_test"], context=context).stream()

    @dbt_assets(name="each_year", select="config.meta.scope:year", partitions_def=years, **options)
    def each_year(context: dg.AssetExecutionContext, dbt: DbtCliResource):
        set_plan_year(int(context.partition_key))
        yield from dbt.cli(["run"], context=context).stream()

    @dbt_assets(name="horizon", select="config.meta.scope:horizon", **options)
    def horizon(context: dg.AssetExecutionContext, dbt: DbtCliResource):
        yield from dbt.cli(["run"], context=context).stream()
        # Unit tests are of the code, not of the data: neither side runs any.
        dbt.cli(["test", "--exclude-resource-types", "unit_test"], manifest=manifest).wait()

    return whole_run, each_year, horizon


def materialize_all(spec, instance):
    """Returns how many models, seeds and snapshots were made, a model of five years five times."""
    whole_run, each_year, horizon = assets_of(spec)
    dbt = DbtCliResource(project_dir=spec["project"], profiles_dir=spec["project"], dbt_executable=spec["dbt"])
    made = 0

    def run(assets, partition=None):
        nonlocal made
        result = dg.materialize([assets], resources={"dbt": dbt}, instance=instance, partition_key=partition)
        made += len(result.get_asset_materialization_events())

    run(whole_run)
    for year in spec["years"]:
        run(each_year, str(year))
    run(horizon)
    return made


if __name__ == "__main__":
    specification = json.loads(Path(sys.argv[1]).read_text())
    os.environ |= {
        "MERITLOOP_DBT_DATABASE": specification["database"],
        "DBT_TARGET_PATH": specification["target"],
        "DBT_LOG_PATH": specification["target"],
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    with tempfile.TemporaryDirectory() as home, quiet_instance(home) as local:
        first, again = (measure(lambda: materialize_all(specification, local)) for _ in range(2))
    print(json.dumps({"first": first, "again": again}))
