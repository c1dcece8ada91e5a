/** The same graphs and the same dbt project here and in Dagster, in one run on one machine: what the orchestration costs. */
import { withCompany } from './company.js';
import { dbtProjectHere, noOpsHere, planHere } from './dagster/here.js';
import { dbtProjectInDagster, installDagster, noOpsInDagster } from './dagster/run-dagster.js';
import { printTable, seconds, timed, times } from './measure.js';
import type { Measurement } from './worker.js';

const ASSETS = 300;
/** Each step of Dagster's multiprocess executor is a process of a second or two: it gets the first of the same graph. */
const MULTIPROCESS_ASSETS = 40;
const PARALLELISM = 8;
const PLANNED = 1000;

interface Row {
  readonly what: string;
  readonly ours: Measurement;
  readonly dagster: Measurement;
  readonly per: 'asset' | 'run';
}

export async function benchDagster(root: string): Promise<void> {
  await installDagster(root);
  const { seconds: total, result: rows } = await timed(() => measureAll(root));
  printTable(
    'Beside Dagster, on the same machine in the same run',
    ['what', 'meritloop, wall', 'CPU', 'Dagster, wall', 'CPU', 'Dagster : meritloop, wall', 'CPU'],
    rows.map(({ what, ours, dagster, per }) => [
      what,
      ...cells(ours, per),
      ...cells(dagster, per),
      times(share(dagster, per).seconds / share(ours, per).seconds),
      times(share(dagster, per).cpu / share(ours, per).cpu),
    ]),
  );
  process.stdout.write(`\nMeasured in ${seconds(total)}. ${HOW}\n`);
}

const HOW = [
  'Rows of no-op assets are per asset: ours on the embedded server, its CPU included.',
  'Dagster’s in-process executor makes one asset after another and knows no other way.',
  `Its multiprocess executor starts a process for each step, so it makes the first ${MULTIPROCESS_ASSETS} of the same graph, as we do in that row.`,
  'In the dbt rows both build every model of five years of the sample company and run every data test; Dagster starts dbt for each of its runs, a year being a partition.',
].join(' ');

async function measureAll(root: string): Promise<Row[]> {
  const step = async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
    process.stderr.write(`${what} … `);
    const { seconds: wall, result } = await timed(work);
    process.stderr.write(`${seconds(wall)}\n`);
    return result;
  };
  const ours = await step(`${ASSETS} no-op assets here`, () => noOpsHere(ASSETS, PARALLELISM));
  const few = await step(`${MULTIPROCESS_ASSETS} no-op assets here`, () =>
    noOpsHere(MULTIPROCESS_ASSETS, PARALLELISM),
  );
  const dbt = await step('the dbt project here', dbtProjectHere);
  const plan = await step('planning here', async () => planHere(PLANNED));
  const dagsterDbt = await step('the dbt project in Dagster, twice, about two minutes', () =>
    withCompany({ employees: 10 }, (company) => dbtProjectInDagster(root, company)),
  );
  const dagsterPlan = await step('planning in Dagster', () => noOpsInDagster(root, 'planning', PLANNED));
  const multiprocess = await step(
    `${MULTIPROCESS_ASSETS} no-op assets, Dagster’s multiprocess executor, about a minute`,
    () => noOpsInDagster(root, 'multiprocess', MULTIPROCESS_ASSETS),
  );
  const inProcess = await step(
    `${ASSETS} no-op assets, Dagster’s in-process executor, about three minutes`,
    () => noOpsInDagster(root, 'in-process', ASSETS),
  );
  return [
    {
      what: `${ASSETS} no-op assets, first run; in-process executor`,
      ours: ours.first,
      dagster: inProcess,
      per: 'asset',
    },
    {
      what: `${ASSETS} no-op assets, made again; in-process executor`,
      ours: ours.forced,
      dagster: inProcess,
      per: 'asset',
    },
    {
      what: `${MULTIPROCESS_ASSETS} no-op assets, first run; multiprocess executor`,
      ours: few.first,
      dagster: multiprocess,
      per: 'asset',
    },
    {
      what: `deciding what of ${PLANNED} assets × 10 partitions is missing`,
      ours: plan,
      dagster: dagsterPlan,
      per: 'run',
    },
    { what: 'the dbt project, five years', ours: dbt.first, dagster: dagsterDbt.first, per: 'run' },
    {
      what: `the same, nothing changed (ours makes ${dbt.again.made}, Dagster ${dagsterDbt.again.made})`,
      ours: dbt.again,
      dagster: dagsterDbt.again,
      per: 'run',
    },
  ];
}

const share = ({ seconds: wall, cpu, made }: Measurement, per: Row['per']) =>
  per === 'run' ? { seconds: wall, cpu } : { seconds: wall / made, cpu: cpu / made };

function cells(measurement: Measurement, per: Row['per']): string[] {
  const { seconds: wall, cpu } = share(measurement, per);
  return [wall, cpu].map((value) =>
    value < 1 ? `${(value * 1000).toFixed(value < 0.01 ? 1 : 0)} ms` : seconds(value),
  );
}
