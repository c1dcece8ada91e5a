/** One id, several requests at once: one of them is started, and the others are told so. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectMeritloop, type MeritloopError, type MeritloopClient } from '../../src/client/meritloop.js';
import { loadConfig } from '../../src/config.js';

let home: string;
let client: MeritloopClient;

// Without a worker, what is started stays open.
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-join-'));
  client = await connectMeritloop({ config: loadConfig({ home }, {}) });
});

afterAll(async () => {
  await client.close();
  await rm(home, { recursive: true, force: true });
});

interface Kind {
  readonly what: string;
  /** Starts the `index`th of several requests under the same id; tells whether it was there already. */
  readonly start: (id: string, index: number) => Promise<boolean | undefined>;
  readonly field: string;
}

const KINDS: readonly Kind[] = [
  {
    what: 'run',
    field: 'target',
    start: async (id, index) => (await client.startOptimization({ target: 1 + index / 10 }, { id })).joined,
  },
  {
    what: 'run asked for once',
    field: 'tolerance',
    start: async (id, index) =>
      (await client.startOptimization({ tolerance: 0.1 + index / 10 }, { id, once: true })).joined,
  },
  {
    what: 'grid',
    field: 'targets',
    start: async (id, index) => (await client.grids.start({ targets: [1 + index] }, { id })).joined,
  },
  {
    what: 'simulation',
    field: 'seed',
    start: async (id, index) => (await client.simulations.start({ seed: index }, id)).joined,
  },
  {
    what: 'materialisation',
    field: 'select',
    start: async (id, index) => {
      const { runId } = await client.materialize({ id, select: `group:g${index}` });
      return runId === id ? undefined : true;
    },
  },
];

test.each(KINDS)('$what: of ten requests under one id one is started, nine are refused', async (kind) => {
  const id = `ten-${kind.field}`;
  const settled = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => kind.start(id, index)));
  const won = settled.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  const lost = settled.flatMap((end) => (end.status === 'rejected' ? [end.reason as MeritloopError] : []));
  expect(won).toHaveLength(1);
  expect(won[0]).not.toBe(true);
  expect(lost.map(({ code, exitCode, status, fields }) => ({ code, exitCode, status, fields }))).toEqual(
    Array.from({ length: 9 }, () => ({
      code: 'REQUEST_DIFFERS',
      exitCode: 2,
      status: 409,
      fields: expect.objectContaining({ id, fields: [kind.field] }) as unknown,
    })),
  );
});

test.each(KINDS)('$what: of ten equal requests under one id one is started, nine join it', async (kind) => {
  const joined = await Promise.all(Array.from({ length: 10 }, () => kind.start(`same-${kind.field}`, 3)));
  // A materialisation does not tell.
  const told = joined.filter((one) => one !== undefined);
  expect(told.filter((one) => one)).toHaveLength(Math.max(0, told.length - 1));
});

test('an id that is given in the request and as an option, or with its defaults spelled out, is the same request', async () => {
  await client.startOptimization({ target: 2 }, { id: 'spelled' });
  const again = await client.startOptimization({ id: 'spelled', strategy: 'balanced', requested_by: 'ben' });
  expect(again.joined).toBe(true);
});

test('an id of another scenario is taken once the run has its folder', async () => {
  await mkdir(path.join(home, 'runs', 'taken'), { recursive: true });
  const record = {
    run_id: 'taken',
    workflow_id: 'compensation-optimization/default/taken',
    started_at: '2025-01-31T09:30:00.000Z',
    finished_at: null,
  };
  await writeFile(path.join(home, 'runs', 'taken', 'run.json'), JSON.stringify(record));
  await expect(client.startOptimization({ scenario: 'aggressive' }, { id: 'taken' })).rejects.toMatchObject({
    code: 'REQUEST_DIFFERS',
    fields: { fields: ['scenario'] },
  });
});

test('of ten scenarios that ask for one id at once, one gets it', async () => {
  const scenarios = Array.from({ length: 10 }, (_, index) => `scenario-${index}`);
  const other = await connectMeritloop({ config: loadConfig({ home }, {}) });
  try {
    const settled = await Promise.allSettled(
      scenarios.map((scenario, index) =>
        (index % 2 === 0 ? client : other).startOptimization({ scenario }, { id: 'ten-scenarios' }),
      ),
    );
    const won = settled.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    expect(won.map(({ joined }) => joined)).toEqual([false]);
    const lost = settled.flatMap((end) => (end.status === 'rejected' ? [end.reason as MeritloopError] : []));
    expect(lost).toHaveLength(9);
    for (const { code, fields } of lost)
      expect({ code, fields }).toMatchObject({ code: 'REQUEST_DIFFERS', fields: { fields: ['scenario'] } });
    const scenario = won[0]?.workflowId.split('/')[1] ?? '';
    expect((await client.startOptimization({ scenario }, { id: 'ten-scenarios' })).joined).toBe(true);
  } finally {
    await other.close();
  }
});

test('an id that was given to a run which never began is free', async () => {
  await mkdir(path.join(home, 'runs', 'unbegun'), { recursive: true });
  await writeFile(path.join(home, 'runs', 'unbegun', 'name'), 'compensation-optimization/default/unbegun');
  const run = await client.startOptimization({ scenario: 'aggressive' }, { id: 'unbegun' });
  expect(run.joined).toBe(false);
});
