"""Runs the dbt project for all plan years in one process, the first build paying dbt's start once.

Usage: run_years.py PROJECT TARGET DATABASE FIRST_YEAR LAST_YEAR PARENT
Prints one JSON object a line: {"year": 2025, "model": "int_hires"}.
Ends with exit code 3 when PARENT, the process that started it, is gone.
"""

import json
import os
import sys
import threading
import time

import duckdb
from dbt.cli.main import dbtRunner
from dbt_common.events.base_types import EventMsg


def main(project: str, target: str, database: str, first: int, last: int) -> int:
    state = {"year": first}

    def report(event: EventMsg) -> None:
        if event.info.name == "NodeStart":
            print(json.dumps({"year": state["year"], "model": event.data.node_info.node_name}), flush=True)

    runner = dbtRunner(callbacks=[report])

    def dbt(*command: str) -> None:
        flags = ["--project-dir", project, "--profiles-dir", project, "--target-path", target, "--log-path", target]
        result = runner.invoke([*command, *flags, "--quiet"])
        if result.exception is not None:
            raise result.exception
        if not result.success:
            failed = [f"{r.node.name}: {r.message}" for r in result.result.results if str(r.status) not in ("success", "pass")]
            raise RuntimeError("; ".join(failed))

    def set_plan_year(year: int) -> None:
        with duckdb.connect(database) as connection:
            connection.execute("delete from state.plan_year")
            connection.execute("insert into state.plan_year from state.plan_years where simulation_year = ?", [year])

    dbt("seed")
    set_plan_year(first)
    dbt("run", "--select", "config.meta.scope:run")
    for year in range(first, last + 1):
        state["year"] = year
        set_plan_year(year)
        dbt("run", "--select", "config.meta.scope:year")
    dbt("run", "--select", "config.meta.scope:horizon")
    return 0


def end_with(parent: int) -> None:
    """A killed worker cannot end its children, and dbt without a reader of its output may hang for ever."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(3)


if __name__ == "__main__":
    _, project, target, database, first, last, parent = sys.argv
    threading.Thread(target=end_with, args=[int(parent)], daemon=True).start()
    sys.exit(main(project, target, database, int(first), int(last)))
