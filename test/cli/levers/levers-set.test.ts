/** `levers set`: which levers change, under which scenario, and what is refused. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { leversHome, sampleLevers, type LeversHome } from './levers-home.js';

let levers: LeversHome;
beforeEach(async () => {
  levers = await leversHome();
});
afterEach(() => levers.remove());

describe('set', () => {
  test('changes the chosen years and levels, and records who, when and why', async () => {
    const result = await levers.set(
      'merit_base=.035',
      'cola_rate=0.015',
      '--years',
      '2025-2026,2029',
      '--level',
      '1,3-4',
    );
    expect(result.changes).toHaveLength(2 * 3 * 3);
    expect(result.changes[0]).toEqual({
      scenario_id: 'default',
      fiscal_year: 2025,
      job_level: 1,
      event_type: 'RAISE',
      parameter_name: 'merit_base',
      before: 0.04,
      after: 0.035,
      locked_before: false,
      locked_after: false,
    });
    expect(result.move).toMatchObject({
      version: 1,
      action: 'set',
      scenario: 'default',
      by: 'ann',
      reason: 'budget',
      run_id: null,
      from: result.previous,
      to: result.lever_set,
    });
    const changed = (await levers.shown()).filter(({ created_by }) => created_by === 'ann');
    expect(changed).toHaveLength(18);
    expect(changed.every(({ created_at }) => !Number.isNaN(Date.parse(created_at)))).toBe(true);
    expect(await levers.history()).toEqual([result.move]);
  });

  test('without years and levels changes all of them; the same again changes nothing', async () => {
    expect((await levers.set('merit_base=.05')).changes).toHaveLength(25);
    const before = await levers.contents();
    expect(await levers.set('merit_base=.05')).toMatchObject({ moved: false, move: null, changes: [] });
    expect(await levers.contents()).toEqual(before);
  });

  test('adds years that had no levers', async () => {
    const { changes } = await levers.set('merit_base=.03', '--years', '2030', '--level', '2');
    expect(changes).toMatchObject([{ fiscal_year: 2030, job_level: 2, before: null, after: 0.03 }]);
  });

  test('a new scenario holds its own rows and inherits the others', async () => {
    const { notices, changes } = await levers.set('--scenario', 'growth', 'cola_rate=.03', '--years', '2027');
    expect(changes).toHaveLength(5);
    expect(changes[0]).toMatchObject({ scenario_id: 'growth', before: 0.02, after: 0.03 });
    expect(notices).toEqual(['growth is a new scenario, under default']);
    const rows = await levers.shown('--scenario', 'growth');
    expect(rows).toHaveLength(125);
    expect(rows.filter(({ scenario_id }) => scenario_id === 'growth')).toHaveLength(5);
    expect((await levers.shown()).every(({ scenario_id }) => scenario_id === 'default')).toBe(true);
    expect((await levers.history('--scenario', 'default')).length).toBe(0);
    expect((await levers.history('--scenario', 'growth')).length).toBe(1);
  });

  test('a scenario keeps the inherited levers that it was made with until told to take over newer ones', async () => {
    await levers.set('--scenario', 'growth', 'cola_rate=.03');
    await levers.set('merit_base=.05');
    const { notices } = await levers.json<{ notices: string[] }>('show', '--scenario', 'growth');
    expect(notices).toEqual([expect.stringContaining('default has moved since: 25 inherited levers differ')]);
    const merit = async () =>
      new Set(
        (await levers.shown('--scenario', 'growth'))
          .filter(({ parameter_name }) => parameter_name === 'merit_base')
          .map(({ parameter_value }) => parameter_value),
      );
    expect((await merit()).has(0.05)).toBe(false);
    await levers.set('--scenario', 'growth', '--inherit');
    expect(await merit()).toEqual(new Set([0.05]));
  });

  test('warns of unusual levels, and says so in text', async () => {
    const { warnings } = await levers.set('cola_rate=.07', '--years', '2026');
    expect(warnings).toEqual([
      'default 2026: cola_rate averages 0.07 over the levels, each counted once, above the usual 0.06',
    ]);
    const { stdout } = await levers.run('set', 'cola_rate=.07', '--years', '2027', '--reason', 'more');
    expect(stdout).toMatch(/^Scenario default: [0-9a-f]{12} → [0-9a-f]{12}\n/);
    expect(stdout).toMatch(/^1 +2027 +2\.00 % → 7\.00 %$/m);
    expect(stdout).toContain(
      'Note: default 2027: cola_rate averages 0.07 over the levels, each counted once, above the usual 0.06',
    );
  });

  test('refuses locked rows by name and changes nothing', async () => {
    const locked = (await sampleLevers()).replaceAll(/^(default,2025,.*),false,/gm, '$1,TRUE,');
    await levers.json('import', await levers.file('locked.csv', locked), '--reason', 'locked');
    const before = await levers.contents();
    const { exitCode, stderr } = await levers.run(
      'set',
      'merit_base=.05',
      '--years',
      '2025-2026',
      '--level',
      '1-2',
      '--reason',
      'x',
    );
    expect(stderr).toContain('locked rows of default would change: 2025 L1 merit_base, 2025 L2 merit_base\n');
    expect(exitCode).toBe(2);
    expect(await levers.contents()).toEqual(before);
  });
});
