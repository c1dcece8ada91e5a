/** One suite for both databases: what the catalog promises, and that both keep it alike. */
import fc from 'fast-check';
import { createCatalog, type Catalog } from '../../../src/assets/catalog/catalog.js';
import type { AssetEvent } from '../../../src/assets/graph/catalog-port.js';
import { blocked, check, failed, materialization, observation, planned } from './events.js';
import { expectedLatest } from './expected-latest.js';
import { makePlaces, silent, withCatalog, type Places } from './places.js';

let places: Places;

beforeAll(async () => {
  places = await makePlaces();
});

afterAll(() => places.close());

const eventsOf = async (catalog: Catalog) =>
  (await catalog.feed({ after: 0, limit: 100_000 })).map(({ event }) => event);

const ODD = 'Größe "x" \u0000 \u{1F600} \\ \'; drop table asset_event; --';
const ONE_OF_EACH: readonly AssetEvent[] = [
  planned('1'),
  observation('2', { asset: 'census', partition: '2025' }),
  {
    ...materialization('3', { seconds: 0.1 + 0.2 }),
    metadata: {
      odd: { kind: 'text', value: ODD },
      tiny: { kind: 'number', value: 5e-324, unit: 'pp' },
      large: { kind: 'integer', value: Number.MAX_SAFE_INTEGER },
      done: { kind: 'boolean', value: false },
    },
  },
  check('4', 'not_null_id', true),
  check('5', 'unique id', false, { partition: 'ä' }),
  failed('6', { asset: 'Growth' }),
  blocked('7', { asset: 'growth', partition: 'B' }),
];

describe.each(['SQLite', 'PostgreSQL'] as const)('%s', (database) => {
  test('gives every kind of event back as it was, in order, page by page', () =>
    withCatalog(places[database], async (catalog) => {
      expect(await catalog.append(ONE_OF_EACH)).toBe(7);
      expect(await eventsOf(catalog)).toEqual(ONE_OF_EACH);
      const pages: AssetEvent[] = [];
      for (let before = Number.MAX_SAFE_INTEGER; ;) {
        const page = await catalog.history({ before, limit: 2 });
        if (page.length === 0) break;
        pages.push(...page.map(({ event }) => event));
        before = page.at(-1)?.sequence ?? 0;
      }
      expect(pages).toEqual(ONE_OF_EACH.toReversed());
    }));

  test.each([
    ['an asset', { asset: 'pay' }, ['5', '4', '3', '1']],
    ['an asset without partitions', { asset: 'pay', partition: null }, ['4', '3', '1']],
    ['a partition', { partition: '2025' }, ['2']],
    ['kinds', { kinds: ['failed', 'blocked'] }, ['7', '6']],
    ['no kind', { kinds: [] }, []],
    ['a check', { check: 'unique id' }, ['5']],
    ['a run that never was', { run: 'none' }, []],
  ] as const)('history of %s', (_what, filter, ids) =>
    withCatalog(places[database], async (catalog) => {
      await catalog.append(ONE_OF_EACH);
      const found = await catalog.history({ ...filter, limit: 10 });
      expect(found.map(({ event }) => event.id)).toEqual(ids);
    }),
  );

  test('an id that is known changes nothing, whatever comes with it', () =>
    withCatalog(places[database], async (catalog) => {
      await catalog.append([materialization('a'), materialization('b')]);
      expect(await catalog.append([materialization('a', { rows: 99 }), planned('c'), planned('c')])).toBe(1);
      const [state] = await catalog.latest(['pay']);
      expect(state?.materialization).toEqual(materialization('b'));
      expect(await eventsOf(catalog)).toHaveLength(3);
    }));

  test('the latest state is what the events add up to, however they are cut into batches', () =>
    withCatalog(places[database], async (catalog, place) => {
      await catalog.append([]);
      await catalog.latest();
      const word = fc.constantFrom('a', 'B', 'ä', 'Z', 'census');
      const changes = fc.record({
        asset: word,
        partition: fc.constantFrom(null, '2025', '2026'),
        id: fc.integer({ min: 0, max: 40 }).map((id) => `e${id}`),
      });
      const event = fc.oneof(
        changes.map(({ id, ...rest }) => materialization(id, rest)),
        changes.map(({ id, ...rest }) => observation(id, rest)),
        fc
          .tuple(changes, word, fc.boolean())
          .map(([{ id, ...rest }, name, passed]) => check(id, name, passed, rest)),
        changes.map(({ id, ...rest }) => planned(id, rest)),
        changes.map(({ id, ...rest }) => failed(id, rest)),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(event, { maxLength: 8 }), { maxLength: 6 }), async (batches) => {
          await place.run('delete from latest');
          await place.run('delete from asset_event');
          for (const batch of batches) await catalog.append(batch);
          expect(await catalog.latest()).toEqual(expectedLatest(batches.flat()));
        }),
        { numRuns: 20 },
      );
    }));

  test('ten thousand partitions are written and read, each with its latest', () =>
    withCatalog(places[database], async (catalog) => {
      const made = (prefix: string) =>
        Array.from({ length: 10_000 }, (_, index) =>
          materialization(`${prefix}${index}`, { partition: `p${index}`, rows: index }),
        );
      expect(await catalog.append(made('first'))).toBe(10_000);
      await catalog.append(made('then').slice(0, 5_000));
      const states = await catalog.latest();
      expect(states).toHaveLength(10_000);
      const ids = states.map(({ materialization: one }) => one?.id.replace(/\d+$/, ''));
      expect(ids.filter((id) => id === 'then')).toHaveLength(5_000);
      expect(await catalog.latest(['elsewhere'])).toEqual([]);
      expect(await catalog.latest([])).toEqual([]);
    }));

  test('runs of an asset, the figures of its materialisations, and when each was made', () =>
    withCatalog(places[database], async (catalog) => {
      const at = (hour: number) => ({ recorded_at: `2026-03-01T0${hour}:00:00.000Z` });
      await catalog.append([
        materialization('1', { run: 'old', seconds: 0.1, rows: 5, ...at(1) }),
        materialization('2', { run: 'old', partition: '2025', seconds: 0.2, ...at(2) }),
        check('3', 'unique', false, { run: 'new', ...at(3) }),
        failed('4', { run: 'new', ...at(4) }),
        blocked('5', { run: 'other', asset: 'growth', ...at(5) }),
        observation('6', { run: 'old', asset: 'growth', ...at(6) }),
      ]);
      const runs = await catalog.runs({ asset: 'pay', limit: 5 });
      expect(runs).toMatchObject([
        { run: 'new', materialized: 0, failed: 1, checks_failed: 1, seconds: 0 },
        {
          run: 'old',
          materialized: 2,
          failed: 0,
          blocked: 0,
          checks_failed: 0,
          seconds: 0.3,
          first_recorded_at: at(1).recorded_at,
          last_recorded_at: at(2).recorded_at,
        },
      ]);
      const [newest] = await catalog.runs({ limit: 1 });
      expect(newest?.run).toBe('old');
      const older = await catalog.runs({ limit: 5, before: newest?.last_sequence ?? 0 });
      expect(older.map(({ run }) => run)).toEqual(['other', 'new']);
      const figures = await catalog.measurements(['pay', 'growth'], 2);
      expect([...figures.keys()]).toEqual(['pay']);
      expect(figures.get('pay')).toMatchObject([
        { seconds: 0.1, partition: null, run: 'old', values: { rows: 5 } },
        { seconds: 0.2, partition: '2025', values: { rows: 10 } },
      ]);
      expect(await catalog.freshnessFacts()).toEqual([
        { asset: 'growth', partition: null, materialized_at: null, observed_at: at(6).recorded_at },
        { asset: 'pay', partition: null, materialized_at: at(1).recorded_at, observed_at: null },
        { asset: 'pay', partition: '2025', materialized_at: at(2).recorded_at, observed_at: null },
      ]);
    }));

  test('the audit log keeps who did what, each once, the newest first', () =>
    withCatalog(places[database], async (catalog) => {
      const entry = (id: string, action: string, subject: string) => ({
        id,
        action,
        subject,
        actor: 'ada',
        run: id === '1' ? null : 'r',
        recorded_at: '2026-03-01T12:00:00.000Z',
        details: { growth: 2.05, note: ODD, applied: true, before: null },
      });
      const entries = [entry('1', 'levers_published', 'default'), entry('2', 'run_approved', 'r')];
      expect(await catalog.recordAudit(entries)).toBe(2);
      expect(await catalog.recordAudit([entry('1', 'other', 'other')])).toBe(0);
      const trail = await catalog.auditTrail({ limit: 10 });
      expect(trail).toEqual(entries.toReversed().map((one) => ({ ...one, sequence: expect.any(Number) })));
      expect(await catalog.auditTrail({ subject: 'default', limit: 10 })).toMatchObject([{ id: '1' }]);
      expect(await catalog.auditTrail({ run: 'r', action: 'run_approved', actor: 'eve', limit: 10 })).toEqual(
        [],
      );
      expect(await catalog.auditTrail({ before: trail[0]?.sequence ?? 0, limit: 10 })).toMatchObject([
        { id: '1' },
      ]);
    }));

  test('purging removes what is old and not the latest, and no audit', () =>
    withCatalog(places[database], async (catalog) => {
      const old = { recorded_at: '2025-01-01T00:00:00.000Z' };
      const audit = { id: '1', action: 'a', subject: 's', actor: 'b', run: null, details: {}, ...old };
      await catalog.recordAudit([audit]);
      await catalog.append([
        materialization('1', old),
        materialization('2', old),
        check('3', 'unique', true, old),
        check('4', 'unique', true, old),
        planned('5', old),
        materialization('6', { ...old, partition: '2025' }),
        materialization('7', { partition: '2025' }),
      ]);
      const before = await catalog.latest();
      expect(await catalog.purge('2026-01-01T00:00:00Z')).toBe(3);
      expect(await catalog.latest()).toEqual(before);
      expect((await eventsOf(catalog)).map(({ id }) => id)).toEqual(['2', '4', '5', '7']);
      expect(await catalog.purge('2026-01-01T00:00:00Z')).toBe(0);
      expect(await catalog.auditTrail({ limit: 5 })).toHaveLength(1);
    }));

  test.each(['update asset_event set run = $$x$$', 'update audit set actor = $$x$$', 'delete from audit'])(
    'whoever holds a connection cannot: %s',
    (statement) =>
      withCatalog(places[database], async (catalog, place) => {
        await catalog.append([planned('1')]);
        await catalog.recordAudit([
          {
            id: '1',
            action: 'a',
            subject: 's',
            actor: 'b',
            run: null,
            details: {},
            recorded_at: '2026-01-01',
          },
        ]);
        const text = statement.replaceAll('$$', "'");
        await expect(place.run(text)).rejects.toThrow(/(asset_event|audit) is append-only/);
      }),
  );

  test.each([
    ['a number that JSON cannot hold', materialization('1', { rows: Number.NaN }), /NaN/],
    ['an empty partition', planned('1', { partition: '' }), /must not be empty/],
    ['a time that is none', planned('1', { recorded_at: 'yesterday' }), /Invalid time/],
  ])('%s is refused, and nothing of its batch is written', (_what, event, message) =>
    withCatalog(places[database], async (catalog) => {
      await expect(catalog.append([planned('0'), event])).rejects.toThrow(message);
      expect(await eventsOf(catalog)).toEqual([]);
    }),
  );

  test('tables of a newer release are left alone', () =>
    withCatalog(places[database], async (catalog, place) => {
      await catalog.latest();
      await place.run("insert into catalog_migration (name, timestamp) values ('0999-later', '2030')");
      const older = createCatalog(place, silent);
      await expect(older.latest()).rejects.toMatchObject({
        code: 'CATALOG_NEWER',
        fields: { migration: '0999-later' },
      });
      await older.close();
    }));
});

test('both databases answer every query alike', async () => {
  const answers: unknown[] = [];
  for (const database of ['SQLite', 'PostgreSQL'] as const) {
    await withCatalog(places[database], async (catalog) => {
      const words = ['a', 'B', 'ä', 'Z', 'a b', 'a-b', 'ab', '10', '9', 'ß', '\u{1F600}', '\uFFFD'];
      const events = words.flatMap((asset, index) => [
        materialization(`m${index}`, { asset, partition: words.at(-index) ?? null, seconds: index / 7 }),
        check(`c${index}`, asset, index % 2 === 0, { asset }),
      ]);
      await catalog.append([...ONE_OF_EACH, ...events]);
      answers.push([
        await catalog.latest(),
        await catalog.history({ limit: 100 }),
        await catalog.runs({ limit: 100 }),
        await catalog.freshnessFacts(),
        [...(await catalog.measurements(words, 3))],
      ]);
    });
  }
  expect(answers[1]).toEqual(answers[0]);
});
