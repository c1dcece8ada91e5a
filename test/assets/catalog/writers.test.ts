/** Writers in processes of their own: eight at once, one that is killed in the middle, and one that must wait. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import libsql from 'libsql';
import { loadConfig } from '../../../src/config.js';
import { planned } from './events.js';
import { makePlaces, withCatalog, type Place, type Places } from './places.js';

const { projectRoot } = loadConfig({}, {});
const DIST = path.join(projectRoot, 'dist', 'assets', 'catalog', 'catalog.js');

/** Appends batches under its own name and says so before and after each. */
const WRITER = `
  const [name, home, url, batches, size] = process.argv.slice(1);
  const { createCatalog } = await import(${JSON.stringify(DIST)});
  const silent = { warn() {} };
  const catalog = createCatalog({ home, catalogUrl: url === '' ? undefined : url }, silent);
  await catalog.latest(['none']);
  for (let batch = 0; batch < Number(batches); batch += 1) {
    const events = Array.from({ length: Number(size) }, (_, index) => ({
      kind: 'planned', id: [name, batch, index].join('-'), asset: 'shared', partition: 'p' + index,
      run: name + '-' + batch, recorded_at: '2026-03-01T12:00:00.000Z', reasons: [],
    }));
    process.stdout.write('begin ' + batch + '\\n');
    await catalog.append(events);
    process.stdout.write('done ' + batch + '\\n');
  }
  await catalog.close();
`;

let places: Places;

beforeAll(async () => {
  places = await makePlaces();
});

afterAll(() => places.close());

const startWriter = ({ home, catalogUrl = '' }: Place, name: string, batches: number, size: number) =>
  spawn(
    process.execPath,
    ['--input-type=module', '-e', WRITER, name, home, catalogUrl, String(batches), String(size)],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  );

const exitOf = async (child: ChildProcess): Promise<unknown> => (await once(child, 'exit'))[0];

describe.each(['SQLite', 'PostgreSQL'] as const)('%s', (database) => {
  test('eight processes write at once to a catalog that none of them has made yet', async () => {
    const place = await places[database]();
    const writers = Array.from({ length: 8 }, (_, index) => startWriter(place, `w${index}`, 6, 20));
    expect(await Promise.all(writers.map(exitOf))).toEqual(writers.map(() => 0));
    await withCatalog(
      async () => place,
      async (catalog) => {
        const events = await catalog.feed({ after: 0, limit: 10_000 });
        expect(events).toHaveLength(8 * 6 * 20);
        // Each batch was let in alone: its events stand side by side.
        const runs = events.map(({ event }) => event.run);
        expect(runs.filter((run, index) => run !== runs[index - 1])).toHaveLength(8 * 6);
        const last = runs.at(-1);
        const states = await catalog.latest();
        expect(states).toHaveLength(20);
        expect(states.filter(({ attempt }) => attempt?.run !== last)).toEqual([]);
      },
    );
  });

  test('a writer killed in the middle leaves whole batches or nothing, and all that it reported', async () => {
    const place = await places[database]();
    const size = 3_000;
    const reported: string[] = [];
    for (let kill = 0; kill < 4; kill += 1) {
      const writer = startWriter(place, `k${kill}`, 50, size);
      const exited = exitOf(writer);
      for await (const line of createInterface({ input: writer.stdout })) {
        const [word, batch] = line.split(' ');
        if (word === 'done') reported.push(`k${kill}-${batch}`);
        if (word === 'begin' && batch === '1') {
          await sleep(15 * (kill + 1));
          writer.kill('SIGKILL');
        }
      }
      await exited;
    }
    await withCatalog(
      async () => place,
      async (catalog) => {
        const runs = await catalog.runs({ limit: 500 });
        expect(runs.map(({ run }) => run)).toEqual(expect.arrayContaining(reported));
        for (const { run } of runs) expect(await catalog.history({ run, limit: 10_000 })).toHaveLength(size);
        const newest = runs[0]?.run;
        const states = await catalog.latest();
        expect(new Set(states.map(({ attempt }) => attempt?.run))).toEqual(new Set([newest]));
        // The next writer is not held up by what was left behind.
        expect(await catalog.append([planned('after')])).toBe(1);
      },
    );
  });
});

test('a writer waits for another one without holding up its own process', async () => {
  await withCatalog(places.SQLite, async (catalog, place) => {
    await catalog.latest();
    const other = new libsql(path.join(place.home, 'catalog', 'catalog.db'));
    other.exec('begin immediate');
    const appended = catalog.append([planned('1')]);
    const first = await Promise.race([appended, sleep(300, 'still waiting')]);
    expect(first).toBe('still waiting');
    other.exec('commit');
    other.close();
    expect(await appended).toBe(1);
  });
});
