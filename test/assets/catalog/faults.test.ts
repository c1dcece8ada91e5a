/** A catalog that cannot be used says where it is and what to do, and keeps its password to itself. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCatalog } from '../../../src/assets/catalog/catalog.js';
import { loadConfig } from '../../../src/config.js';
import { findFreePorts } from '../../../src/temporal/free-ports.js';
import { silent } from './places.js';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'meritloop-catalog-'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

const SECRET = 'hunter2';

test('a file that is no database is named', async () => {
  const file = path.join(home, 'catalog', 'catalog.db');
  await mkdir(path.dirname(file));
  await writeFile(file, 'no database at all, but longer than nothing');
  const damaged = createCatalog({ home, catalogUrl: undefined }, silent);
  await expect(damaged.latest()).rejects.toMatchObject({ code: 'CATALOG_DAMAGED', fields: { place: file } });
  await damaged.close();
});

test('a folder that cannot be made is named', async () => {
  await writeFile(path.join(home, 'catalog'), 'a file where the folder should be');
  const catalog = createCatalog({ home, catalogUrl: undefined }, silent);
  await expect(catalog.latest()).rejects.toMatchObject({ code: 'CATALOG_UNREACHABLE' });
  await rm(path.join(home, 'catalog'));
  expect(await catalog.latest()).toEqual([]);
  await catalog.close();
});

test('a server that is away is named without its password', async () => {
  const [port] = await findFreePorts(1);
  const catalogUrl = `postgresql://ada:${SECRET}@127.0.0.1:${port}/catalog`;
  const catalog = createCatalog({ home, catalogUrl }, silent);
  const error: unknown = await catalog.latest().catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: 'CATALOG_UNREACHABLE',
    fields: { place: `PostgreSQL at 127.0.0.1:${port}/catalog` },
  });
  expect(JSON.stringify([error, String(error)])).not.toContain(SECRET);
  await catalog.close();
});

test.each([
  ['another database', `mysql://ada:${SECRET}@db/catalog`],
  ['no database name', `postgresql://ada:${SECRET}@db`],
  ['no URL', `postgresql://ada:${SECRET}@db:port/catalog`],
])('MERITLOOP_CATALOG_URL of %s is refused without showing it', (_what, url) => {
  const load = () => loadConfig({}, { MERITLOOP_CATALOG_URL: url });
  expect(load).toThrow(/MERITLOOP_CATALOG_URL/);
  expect(load).not.toThrow(new RegExp(SECRET));
});

test('MERITLOOP_CATALOG_URL of PostgreSQL is taken', () => {
  const url = 'postgres://db.example/catalog?sslmode=verify-full';
  expect(loadConfig({}, { MERITLOOP_CATALOG_URL: url }).catalogUrl).toBe(url);
  expect(loadConfig({}, {}).catalogUrl).toBeUndefined();
});
