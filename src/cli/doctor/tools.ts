/** Checks of Node, Python, dbt, DuckDB and the Temporal executable. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../../config.js';
import { temporalExecutable } from '../../temporal/server-process.js';
import { DBT_RELEASE, isRightDbt } from '../../simulation/model/dbt-version.js';
import { atLeast, fail, outputOf, pass, type Finding } from './finding.js';

const LEAST_NODE = '20.19';
const LEAST_PYTHON = '3.10';
const SET_UP = 'Delete .venv and run `npm run check`: the set-up installs the pinned versions again.';

export function checkNode(version = process.versions.node): Finding {
  return atLeast(version, LEAST_NODE)
    ? pass('Node', version)
    : fail('Node', `${version} is older than ${LEAST_NODE}`, `Install Node ${LEAST_NODE} or newer.`);
}

/** Versions of the Python side, read without importing dbt, which would cost seconds. */
const VERSIONS = [
  'import importlib.metadata as m, json, platform',
  'def v(n):',
  '    try: return m.version(n)',
  '    except m.PackageNotFoundError: return None',
  'print(json.dumps([platform.python_version()] + [v(n) for n in ("dbt-core", "dbt-duckdb", "duckdb")]))',
].join('\n');

export async function checkPython({ projectRoot }: Config): Promise<Finding[]> {
  const python = path.join(projectRoot, '.venv', 'bin', 'python');
  const answer = await outputOf(python, ['-c', VERSIONS]);
  if ('problem' in answer) return [fail('Python', `${python}: ${answer.problem}`, SET_UP)];
  const [version, dbt, adapter, duckdb] = JSON.parse(answer.text) as [string, ...(string | null)[]];
  return [
    atLeast(version, LEAST_PYTHON)
      ? pass('Python', version)
      : fail(
          'Python',
          `${version} is older than ${LEAST_PYTHON}`,
          `Install Python ${LEAST_PYTHON} or newer, then: ${SET_UP}`,
        ),
    checkDbt(path.join(path.dirname(python), 'dbt'), dbt ?? null),
    adapter ? pass('dbt-duckdb', adapter) : fail('dbt-duckdb', 'not installed in .venv', SET_UP),
    await checkDuckDb(duckdb ?? null),
  ];
}

/** @param version as Python's package list tells; null where it has none. */
function checkDbt(program: string, version: string | null): Finding {
  if (version === null) return fail('dbt', 'not installed in .venv', SET_UP);
  if (!existsSync(program)) return fail('dbt', `its program is not at ${program}`, SET_UP);
  return isRightDbt(version)
    ? pass('dbt', version)
    : fail('dbt', `${version} is not ${DBT_RELEASE}.x`, SET_UP);
}

/** Both engines must read each other's files and compute alike, so both must be of one release. */
async function checkDuckDb(python: string | null): Promise<Finding> {
  const { version } = await import('@duckdb/node-api');
  const node = version().replace(/^v/, '');
  if (python === null) return fail('DuckDB', `${node} in Node, none in Python`, SET_UP);
  return python === node
    ? pass('DuckDB', `${node} in Node and Python`)
    : fail('DuckDB', `${node} in Node, ${python} in Python`, SET_UP);
}

export async function checkTemporal(config: Config): Promise<Finding> {
  const answer = await outputOf(temporalExecutable(config), ['--version']);
  return 'text' in answer
    ? pass('Temporal', answer.text.replace(/^temporal version /, ''))
    : fail('Temporal', answer.problem, SET_UP);
}
