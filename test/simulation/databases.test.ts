/** Databases of a process: none is closed under a statement, none is left, and their number does not grow with the runs. */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { countOpen } from '../../src/shared/open-resources.js';
import { Database } from '../../src/simulation/engine/database.js';
import { createCompany } from './company.js';

/** Minutes of work for any machine. */
const LONG = 'select count(*) from range(40000000000) one where one.range % 7 = 3';

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test('a close ends what is under way and what waits, then closes; later statements are refused', async () => {
  const before = countOpen();
  const database = await Database.open(':memory:', { spillFolder: tmpdir() });
  expect(countOpen()).toBe(before + 1);
  // Two connections: the third waits for one.
  const statements = [database.rows(LONG), database.rows(LONG), database.rows(LONG)].map(thrownBy);
  await sleep(50);
  let settled = 0;
  for (const statement of statements) void statement.then(() => (settled += 1));
  await Promise.all([database.close(), database.close()]);
  await turn();
  // None goes on in a database that is closed.
  expect(settled).toBe(3);
  expect(await Promise.all(statements)).toEqual(Array(3).fill(expect.anything()));
  expect(countOpen()).toBe(before);
  expect(await thrownBy(database.rows('select 1'))).toMatchObject({ message: 'the database is closed' });
});

test('of simulations one after another, each of another random seed, few databases and threads stay', async () => {
  const company = await createCompany({ employees: 100 });
  try {
    const before = countOpen();
    const simulator = company.simulator({ idleMs: 1 });
    const threads: number[] = [];
    for (let seed = 1; seed <= 10; seed += 1) {
      const spec = { ...company.spec, seed, years: { first: 2025, last: 2025 } };
      await simulator.simulate(spec, { keep: 'summary' });
      // The close of a database that nobody uses is begun at once, and waited for nowhere.
      const deadline = performance.now() + 10_000;
      while (countOpen() - before > 2 && performance.now() < deadline) await sleep(20);
      expect(countOpen() - before).toBeLessThanOrEqual(2);
      threads.push(readdirSync('/proc/self/task').length);
    }
    expect(Math.max(...threads.slice(5))).toBeLessThanOrEqual(Math.max(...threads.slice(0, 5)));
    await simulator.close();
    expect(countOpen()).toBe(before);
  } finally {
    await company.remove();
  }
});
