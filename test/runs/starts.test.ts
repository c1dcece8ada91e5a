/** Runs that others start: Temporal's own command line with plain JSON, and the packed client in another process. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { serverStatus } from '../../src/temporal/embedded-server.js';
import { startService, type Service } from '../workflows/service.js';

const run = promisify(execFile);

let service: Service;
beforeAll(async () => {
  service = await startService('starts');
  service.startWorker();
});
afterAll(() => service.close());

/** The Temporal CLI; its JSON answer. */
async function temporal(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { config } = service;
  const { address } = await serverStatus(config);
  const cli = path.join(config.projectRoot, '.venv', 'bin', 'temporal');
  const { stdout } = await run(cli, [...args, '--address', address ?? '', '--output', 'json'], {
    maxBuffer: 10_000_000,
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}

const execute = (workflowId: string, type: string, ...input: readonly string[]) =>
  temporal(
    'workflow',
    'execute',
    '--type',
    type,
    '--task-queue',
    'meritloop',
    '--workflow-id',
    workflowId,
    ...input.flatMap((json) => ['--input', json]),
  );

/** A program of another service: Node.js with nothing but the built client. */
async function otherProcess(program: string): Promise<Record<string, unknown>> {
  const { config } = service;
  const client = path.join(config.projectRoot, 'dist', 'client.js');
  const source = `import { connectMeritloop } from ${JSON.stringify(client)};
    const meritloop = await connectMeritloop();
    ${program}
    await meritloop.close();`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', source], {
    env: { ...process.env, NODE_OPTIONS: '', MERITLOOP_HOME: config.home },
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}

test('the Temporal CLI starts a run with plain JSON; its workflow id names the run', async () => {
  const { status, result } = await execute(
    'from the outside/1',
    'compensationOptimizationLoop',
    '{"target": 3.0, "strategy": "aggressive", "tune": ["merit_base", "cola_rate"]}',
  );
  expect({ status, result }).toMatchObject({
    status: 'COMPLETED',
    result: { status: 'converged', run_id: expect.stringMatching(/^[\w.-]+$/) as string, target_growth: 3 },
  });
});

test('no input at all means every default, and the summary takes the latest run', async () => {
  const loop = await execute('defaults', 'compensationOptimizationLoop');
  expect(loop['result']).toMatchObject({
    status: 'converged',
    run_id: 'defaults',
    target_growth: 2,
    tolerance: 0.1,
  });
  const summary = await execute('summary', 'optimizationResultsSummary', '{}');
  expect(summary).toMatchObject({ status: 'COMPLETED', result: { run_id: 'defaults', status: 'converged' } });
});

test.each([
  ['an unknown key', '{"goal": 2}', 'goal'],
  ['a value out of range', '{"tolerance": 9}', 'tolerance'],
  ['a text for a number', '{"target": "two"}', 'target'],
  ['a census outside the allowed folders', '{"census": "../../etc/passwd"}', 'census'],
  ['no object', '[2]', 'request'],
])('%s ends the workflow at once, naming the field', async (_, input, field) => {
  const started = await execute(`bad-${field}`, 'compensationOptimizationLoop', input).catch(
    (error: { stdout: string }) => JSON.parse(error.stdout) as Record<string, unknown>,
  );
  expect(started).toMatchObject({ status: 'FAILED' });
  expect(JSON.stringify(started)).toContain(field);
});

test('a client in another process starts a run; the same id joins it, and later returns its result', async () => {
  const program = `
    const request = { target: 1.5, requested_by: 'payroll service' };
    const first = await meritloop.startOptimization(request, { id: 'twice' });
    const second = await meritloop.startOptimization(request, { id: 'twice' });
    const [one, two] = await Promise.all([first.result(), second.result()]);
    const third = await (await meritloop.startOptimization(request, { id: 'twice' })).result();
    console.log(JSON.stringify({ joined: [first.joined, second.joined], one, same: [two, third].map((r) => JSON.stringify(r) === JSON.stringify(one)) }));`;
  expect(await otherProcess(program)).toMatchObject({
    joined: [false, true],
    one: { status: 'converged', run_id: 'twice', requested_by: 'payroll service' },
    same: [true, true],
  });
  const { workflowExecutionInfo } = await temporal(
    'workflow',
    'describe',
    '--workflow-id',
    'compensation-optimization/default/twice',
  );
  expect(workflowExecutionInfo).toMatchObject({ status: 'WORKFLOW_EXECUTION_STATUS_COMPLETED' });
});
