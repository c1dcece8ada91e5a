import { pino } from 'pino';
import { compilePlan, dbtPaths } from '../src/simulation/compile-plan.js';
import { createCheckpoints } from '../src/simulation/checkpoints.js';
import { Database } from '../src/simulation/database.js';
import { createHorizonViews } from '../src/simulation/export-tables.js';
import { PlanEngine } from '../src/simulation/plan-engine.js';
import { writeCensus, writeRunState } from '../src/simulation/state.js';
import { trialInputs } from '../src/simulation/trial-inputs.js';
import { withCompany } from './company.js';
const n = Number(process.argv[2] ?? 100000);
await withCompany({ employees: n }, async ({ config, spec }) => {
  const plan = await compilePlan(config);
  const inputs = await trialInputs(config, spec);
  const cpu = () => { const c = process.cpuUsage(); return (c.user + c.system) / 1000; };
  const t: Record<string, [number, number]> = {}; let last = ''; let c0 = 0; let w0 = 0;
  const note = (m: string) => { const c = cpu(); const w = performance.now(); if (last) { const o = t[last] ?? [0, 0]; t[last] = [o[0] + c - c0, o[1] + w - w0]; } last = m; c0 = c; w0 = w; };
  note('open');
  const db = await Database.open(':memory:', { spillFolder: config.home + '/spill' });
  const e = new PlanEngine(plan, db);
  await e.prepare(dbtPaths(config).seeds);
  note('census'); await writeCensus(db, inputs.censusFile); await writeRunState(db, inputs.run);
  note('resolve'); await e.resolve(inputs);
  await e.runYears({ ...inputs, checkpoints: createCheckpoints(config.home + '/cp'), checkpointAfterMs: 1e9, onProgress: (p) => note(p.model) });
  note('views'); await createHorizonViews(plan, db);
  note('growth'); await db.rows('from fct_compensation_growth');
  for (const name of ['fct_yearly_events', 'fct_workforce_snapshot']) {
    const m = plan.models.find((x) => x.name === name)!;
    note(name); await db.run(`copy (from ${name} order by ${m.fileOrder!.join(', ')}) to '${config.home}/a.parquet' (format parquet, compression zstd, row_group_size 122880)`);
    if (process.argv[3]) {
    note(name + ' nosort'); await db.run(`copy (from ${name}) to '${config.home}/a.parquet' (format parquet, compression zstd, row_group_size 122880)`);
    note(name + ' snappy'); await db.run(`copy (from ${name} order by ${m.fileOrder!.join(', ')}) to '${config.home}/a.parquet' (format parquet, compression snappy, row_group_size 122880)`);
    note(name + ' select'); await db.run(`create or replace temp table zz as from ${name}`);
    note(name + ' sort int'); await db.run(`copy (select * exclude (p) from (select *, row_number() over () p from zz) order by simulation_year, p) to '${config.home}/a.parquet' (format parquet, compression snappy, row_group_size 122880)`);
    }
  }
  note('end');
  console.table(Object.fromEntries(Object.entries(t).map(([k, v]) => [k, { cpu: Math.round(v[0]), wall: Math.round(v[1]) }])));
  console.log('total cpu', Object.values(t).reduce((a, v) => a + v[0], 0), 'wall', Object.values(t).reduce((a, v) => a + v[1], 0));
  db.close();
});
