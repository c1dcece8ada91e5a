/** What is wrong with dbt or with a model is found when the project is compiled or first run, and named. */
import { cp, readdir, truncate } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { checkPlan } from '../../src/cli/doctor/model.js';
import { compilePlan } from '../../src/simulation/model/compile-plan.js';
import { createSimulator } from '../../src/simulation/create-simulator.js';
import { createCompany, type Company } from '../simulation/company.js';
import { contentsOf } from './contents.js';
import { copyProject } from './project-copy.js';

let company: Company;
beforeAll(async () => {
  company = await createCompany({ employees: 50 });
});
afterAll(() => company.remove());

const OLD_DBT =
  'if [ "$1" = --version ]; then echo "  - installed: 1.5.0"; exit 0; fi\necho "Error: No such option"; exit 2';

test.each([
  ['missing', null, 'DBT_MISSING', /dbt is not at .*\.venv\/bin\/dbt/],
  ['of another release', OLD_DBT, 'DBT_VERSION', /is 1\.5\.0; the models need 1\.11/],
  ['hanging', 'exec sleep 60', 'TIMED_OUT', /dbt compile was given up/],
  ['killed', 'kill -9 $$', 'DBT_KILLED', /dbt compile was killed by SIGKILL/],
  ['short of disk', 'echo "[Errno 28] No space left on device" >&2; exit 1', 'DISK_FULL', /No space left/],
  ['without a word', 'exit 1', 'DBT_FAILED', /dbt compile failed/],
])('dbt %s', async (_, dbt, code, message) => {
  const project = await copyProject(company.config, dbt);
  const before = await contentsOf(project.config.projectRoot);
  await expect(compilePlan(project.config, undefined, 1)).rejects.toMatchObject({
    code,
    exitCode: 6,
    message: expect.stringMatching(message) as string,
  });
  expect(await contentsOf(project.config.projectRoot)).toEqual(before);
  await project.remove();
});

test('a model whose Jinja is wrong: model, file and line', async () => {
  const project = await copyProject(company.config);
  await project.change('dbt/models/staging/stg_census.sql', (text) => `-- a line\n\n{{ ref( }}\n${text}`);
  await expect(compilePlan(project.config)).rejects.toMatchObject({
    code: 'MODEL_INVALID',
    exitCode: 6,
    fields: { model: 'stg_census', file: 'dbt/models/staging/stg_census.sql', line: 3 },
  });
  await project.remove();
});

test('a model whose SQL is wrong: model and line, dbt not tried, and doctor finds it beforehand', async () => {
  const project = await copyProject(company.config);
  await project.change('dbt/models/intermediate/flow/int_terminations.sql', (text) => `selct 1,\n${text}`);
  const [plan, models] = await checkPlan(project.config);
  expect(plan?.status).toBe('pass');
  expect(models).toMatchObject({
    status: 'fail',
    detail: expect.stringMatching(
      /^model int_terminations does not compile \(.*int_terminations.sql, line 1 of/,
    ) as string,
  });
  const before = await contentsOf(company.config.home);
  const simulator = createSimulator(project.config, pino({ level: 'silent' }));
  await expect(
    simulator.simulate({ ...company.spec, engine: 'auto' }, { keep: 'tables' }),
  ).rejects.toMatchObject({
    code: 'MODEL_INVALID',
    fields: { model: 'int_terminations', line: 1, second_engine: 'not tried' },
    hint: expect.stringContaining('The dbt engine was not tried: it runs the same model.') as string,
  });
  await simulator.close();
  expect(await contentsOf(company.config.home)).toEqual(before);
  await project.remove();
});

test('a compiled plan needs no dbt; one that a power cut left empty is compiled again', async () => {
  const project = await copyProject(company.config, 'exit 1');
  await compilePlan(company.config);
  await cp(path.join(company.config.cache, 'plans'), path.join(project.config.cache, 'plans'), {
    recursive: true,
  });
  expect((await compilePlan(project.config)).models.length).toBeGreaterThan(20);
  for (const name of await readdir(path.join(project.config.cache, 'plans')))
    await truncate(path.join(project.config.cache, 'plans', name), 0);
  await expect(compilePlan(project.config)).rejects.toMatchObject({ code: 'DBT_FAILED' });
  await project.remove();
});
