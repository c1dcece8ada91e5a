/** Levers and censuses over the API: checked, published by compare-and-swap, uploaded within limits. */
import { bodyOf, problemIn, startApi, type ApiRig } from './rig.js';

let rig: ApiRig;
beforeAll(async () => {
  rig = await startApi({ censusBytes: 2000, censusRows: 3 });
});
afterAll(() => rig.close());

describe('levers', () => {
  const cell = { fiscal_year: 2026, job_level: 1, parameter_name: 'merit_base' as const };
  const current = async () => bodyOf(rig.client.api.levers.$get({ query: {} }));

  test('the grid has every lever with its range', async () => {
    const grid = await current();
    expect(grid.levers).toHaveLength(125);
    expect(grid.parameters.find(({ parameter_name }) => parameter_name === 'cola_rate')).toMatchObject({
      hard_range: [0, 0.1],
      bounds: [0, 0.08],
      levels_equal: true,
    });
  });

  test('a draft is checked without being stored: errors by change, warnings, and the changes', async () => {
    const before = await current();
    const changes = [1, 2, 3, 4, 5].map((job_level) => ({ ...cell, job_level, value: 0.09 }));
    const json = { changes: [...changes, { ...cell, fiscal_year: 2027, value: 0.6 }] };
    const bad = await bodyOf(rig.client.api.levers.validate.$post({ json }));
    expect(bad.errors).toMatchObject([
      { field: 'changes.5.value', value: '0.6', rule: 'must be from 0 to 0.5' },
    ]);
    const good = await bodyOf(rig.client.api.levers.validate.$post({ json: { changes } }));
    expect(good).toMatchObject({ valid: true, warnings: [{ fiscal_year: 2026, average: 0.09 }] });
    expect(good.changes).toHaveLength(5);
    const inYears = (years: string) =>
      bodyOf(rig.client.api.levers.validate.$post({ json: { changes: [], years } }));
    expect(await inYears('2025-2029')).toMatchObject({ valid: true, errors: [] });
    const beyond = await inYears('2028-2031');
    expect(beyond).toMatchObject({ valid: false, errors: [{ field: 'years', value: '2028-2031' }] });
    expect(beyond.errors[0]?.rule).toMatch(
      /2030–2031, level 1–5: .*`meritloop levers set .* --years 2030-2031/,
    );
    expect((await current()).lever_set).toBe(before.lever_set);
  });

  test('who publishes on levers that somebody moved gets both diffs, and loses nothing', async () => {
    const { lever_set: expected } = await current();
    const publish = (value: number, user: string) =>
      rig.post(
        '/api/levers/publish',
        { expected, changes: [{ ...cell, value }], reason: 'budget' },
        { 'meritloop-user': user },
      );
    expect((await publish(0.05, 'ben')).status).toBe(200);
    const problem = await problemIn(publish(0.06, 'ann'));
    expect(problem).toMatchObject({
      status: 409,
      code: 'LEVERS_MOVED',
      conflict: {
        by: 'ben',
        theirs: [{ ...cell, before: 0.04, after: 0.05 }],
        yours: [{ ...cell, before: 0.04, after: 0.06 }],
      },
    });
    const { own } = problem['conflict'] as { own: string };
    const stored = await bodyOf(rig.client.api.levers.$get({ query: { lever_set: own } }));
    expect(stored.is_current).toBe(false);

    const query = { ...cell, fiscal_year: '2026', job_level: '1' };
    const { values } = await bodyOf(rig.client.api.levers.cell.$get({ query }));
    expect(values.map(({ value, move }) => [value, move?.by])).toEqual([
      [0.05, 'ben'],
      [0.04, undefined],
    ]);
    const { lever_set } = await current();
    const back = { expected: lever_set, reason: 'undo' };
    const undone = await bodyOf(rig.client.api.levers.rollback.$post({ json: back }));
    expect(undone).toMatchObject({ moved: true, lever_set: expected });
  });

  test('an export comes back as it was, and a bad file is refused with its lines', async () => {
    const csv = await (await rig.ask('/api/levers/export')).text();
    const preview = rig.client.api.levers.import.preview;
    const same = await bodyOf(preview.$post({ json: { csv } }));
    expect(same).toMatchObject({ valid: true, rows: 125, changes: [] });
    const worse = csv
      .replace('merit_base,0.04', 'merit_base,4')
      .replace('RAISE,merit_base,0.03', 'PAY,merit_base,0.03');
    const bad = await bodyOf(preview.$post({ json: { csv: worse } }));
    expect(bad.errors.map(({ line, field, rule }) => [line, field, rule])).toEqual([
      [2, 'parameter_value', 'must be from 0 to 0.5'],
      [3, 'event_type', 'must be RAISE, the event of merit_base'],
    ]);
    const { lever_set: expected } = await current();
    const json = { csv: worse, expected, reason: 'no' };
    expect((await rig.client.api.levers.import.$post({ json })).status).toBe(422);
    const whole = await bodyOf(preview.$post({ json: { csv: 'a,b\n' } }));
    expect(whole.errors).toMatchObject([{ field: 'scenario_id' }]);
  });

  test('a scenario begins with the levers of another and then goes its own way', async () => {
    const json = { scenario: 'lean', reason: 'a cheaper plan' };
    expect((await rig.client.api.scenarios.$post({ json })).status).toBe(201);
    expect((await rig.client.api.scenarios.$post({ json })).status).toBe(409);
    const grid = await bodyOf(rig.client.api.levers.$get({ query: { scenario: 'lean' } }));
    expect(grid.levers.every(({ inherited }) => !inherited)).toBe(true);
    const { scenarios } = await bodyOf(rig.client.api.scenarios.$get());
    expect(scenarios).toContainEqual(
      expect.objectContaining({ scenario_id: 'lean', parent_id: 'default', has_own_levers: true }),
    );
  });
});

describe('censuses', () => {
  const HEADER = 'employee_id,birth_date,hire_date,annual_salary\n';
  const row = (index: number, salary: number | string) =>
    `A${index},1980-01-0${index},2015-01-01,${salary}\n`;
  const upload = (text: string, type = 'text/csv', name = 'people.csv') =>
    rig.ask(`/api/censuses?name=${name}`, { method: 'POST', body: text, headers: { 'content-type': type } });

  test('a good file is stored and shown as aggregates alone', async () => {
    const answer = await upload(HEADER + row(1, 60000) + row(2, 130000));
    expect(answer.status).toBe(201);
    const { sha256 } = (await answer.json()) as { sha256: string };
    const summary = await bodyOf(rig.client.api.censuses[':sha256'].$get({ param: { sha256 } }));
    expect(summary).toMatchObject({
      headcount: 2,
      payroll: 190_000,
      levels: [{ job_level: 1 }, { job_level: 3, mean_pay: 130_000 }],
    });
    expect(summary.ages.find(({ headcount }) => headcount > 0)).toEqual({ band: '35–44', headcount: 2 });
    expect(JSON.stringify(summary)).not.toContain('A1');
    const { censuses } = await bodyOf(rig.client.api.censuses.$get());
    expect(censuses.map(({ is_sample }) => is_sample)).toEqual([true, false]);
  });

  test('a bad file is refused with lines and rules, without the people’s values', async () => {
    const answer = await upload(HEADER + row(1, -77123) + row(2, 60000));
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      stored: false,
      sha256: null,
      problems: [{ field: 'annual_salary', count: 1, lines: [2] }],
    });
    expect(text).not.toContain('77123');
  });

  test.each([
    ['too many rows', () => upload(HEADER + [1, 2, 3, 4].map((index) => row(index, 60000)).join('')), 200],
    ['too many bytes', () => upload(HEADER + 'x'.repeat(3000)), 413],
    ['another type', () => upload('<a/>', 'text/xml'), 415],
    ['a name that leads elsewhere', () => upload(HEADER, 'text/csv', '..%2Fpeople.csv'), 422],
  ])('%s', async (_, send, status) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(/at most 3 rows|"status":4/);
  });
});
