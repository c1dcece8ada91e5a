"""Runs one measurement in Dagster and prints it as a line of JSON: `measure.py MODE GRAPH`.

GRAPH is a JSON file of [{"key": ..., "deps": [...]}, ...], in an order in which the assets can be made. The time is
that of the work itself, after Dagster is imported and the assets are defined.
"""

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import dagster as dg

YEARS = [str(year) for year in range(2025, 2035)]


def cpu_seconds():
    """Of this process and of those that it has waited for."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in usage)


def measure(work):
    """Wall and CPU seconds of some work, and what it returns."""
    started, cpu_started = time.perf_counter(), cpu_seconds()
    made = work()
    return {"seconds": time.perf_counter() - started, "cpu": cpu_seconds() - cpu_started, "made": made}


def quiet_instance(home):
    quiet = {"telemetry": {"enabled": False}, "python_logs": {"python_log_level": "ERROR"}}
    return dg.DagsterInstance.local_temp(home, overrides=quiet)


def no_op(spec, **options):
    @dg.asset(name=spec["key"], deps=spec["deps"], **options)
    def made() -> dg.MaterializeResult:
        return dg.MaterializeResult(data_version=dg.DataVersion("1"))

    return made


def assets_of(file, **options):
    return [no_op(spec, **options) for spec in json.loads(Path(file).read_text())]


def job():
    """For Dagster's step processes, which build the job again by themselves."""
    assets = assets_of(os.environ["BENCH_GRAPH"])
    executor = dg.multiprocess_executor.configured({"max_concurrent": 8})
    definitions = dg.Definitions(
        assets=assets, jobs=[dg.define_asset_job("all", executor_def=executor)], executor=executor
    )
    return definitions.resolve_job_def("all")


def in_process(file, instance):
    assets = assets_of(file)
    return lambda: len(dg.materialize(assets, instance=instance).get_asset_materialization_events())


def multiprocess(file, instance):
    os.environ["BENCH_GRAPH"] = file
    whole = dg.reconstructable(job)

    def work():
        with dg.execute_job(whole, instance=instance) as result:
            return len(result.get_asset_materialization_events())

    return work


def planning(file, instance):
    """Dagster has no dry run; deciding what is missing is its automation's part of planning."""
    assets = assets_of(
        file,
        partitions_def=dg.StaticPartitionsDefinition(YEARS),
        automation_condition=dg.AutomationCondition.missing(),
    )
    definitions = dg.Definitions(assets=assets)

    def work():
        result = dg.evaluate_automation_conditions(defs=definitions, instance=instance)
        return result.total_requested

    return work


MODES = {"in-process": in_process, "multiprocess": multiprocess, "planning": planning}

if __name__ == "__main__":
    mode, graph = sys.argv[1:]
    with tempfile.TemporaryDirectory() as home, quiet_instance(home) as local:
        print(json.dumps(measure(MODES[mode](graph, local))))
