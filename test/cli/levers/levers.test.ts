/** `levers import`, `export`, `history`, `diff` and `rollback`. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { leversHome, sampleLevers, sha256, type LeversHome, type Moved } from './levers-home.js';

let levers: LeversHome;
beforeEach(async () => {
  levers = await leversHome();
});
afterEach(() => levers.remove());

describe('import and export', () => {
  test("the predecessor's file loads as it is: lower-case events, TRUE and FALSE, locked rows", async () => {
    const old = (await sampleLevers())
      .replaceAll(',RAISE,', ',raise,')
      .replaceAll(',HIRE,', ',hire,')
      .replaceAll(/^(default,2025,.*),false,/gm, '$1,TRUE,')
      .replaceAll(',false,', ',FALSE,')
      .replaceAll('\n', '\r\n');
    const file = await levers.file('old.csv', old);
    const { changes, move } = await levers.json<Moved>('import', file, '--reason', 'first levers');
    expect(changes).toHaveLength(25);
    expect(changes.every(({ fiscal_year, locked_after }) => fiscal_year === 2025 && locked_after)).toBe(true);
    expect(move).toMatchObject({ action: 'import', reason: 'first levers' });
    expect(await levers.json('validate', file)).toMatchObject({ valid: true, rows: 125, locked: 25 });
  });

  test('an exported set is imported as the same set, byte for byte', async () => {
    const { lever_set } = await levers.set('merit_base=.0312345', 'promotion_raise=.1');
    const out = path.join(levers.folder, 'out', 'levers.csv');
    expect(await levers.json('export', '--out', 'out/levers.csv')).toEqual({
      company: 'sample',
      company_version: null,
      scenario: 'default',
      lever_set,
      out,
    });
    expect(sha256(await readFile(out))).toBe(lever_set);
    expect(await levers.json('import', out, '--reason', 'again')).toMatchObject({ moved: false, lever_set });
    expect(await levers.json<Moved>('import', out, '--reason', 'also', '--scenario', 'growth')).toMatchObject(
      {
        moved: false,
        lever_set,
      },
    );
  });

  test('of a scenario leaves default as it is', async () => {
    const file = await levers.file('growth.csv', (await sampleLevers()).replace(',0.04,', ',0.045,'));
    const { changes } = await levers.json<Moved>(
      'import',
      file,
      '--scenario',
      'growth',
      '--reason',
      'growth',
    );
    const place = { fiscal_year: 2025, job_level: 1, before: 0.04, after: 0.045 };
    expect(changes).toMatchObject([{ ...place, scenario_id: 'growth' }]);
    expect(await levers.json('diff', 'default', 'growth')).toMatchObject({
      changes: [{ ...place, scenario_id: 'default' }],
    });
    expect((await levers.shown()).some(({ parameter_value }) => parameter_value === 0.045)).toBe(false);
  });

  test('the delivered file is never written', async () => {
    const before = await sampleLevers();
    for (const out of [
      new URL('../../../seeds/comp_levers.csv', import.meta.url).pathname,
      `${levers.home}/levers/x.csv`,
    ]) {
      const { exitCode, stderr } = await levers.run('export', '--out', out);
      expect(stderr).toContain('must not lie in');
      expect(exitCode).toBe(2);
    }
    await levers.set('merit_base=.05');
    expect(await sampleLevers()).toBe(before);
  });
});

describe('history, diff and rollback', () => {
  test('two steps back restore the very set, and each move stays in the history', async () => {
    const first = await levers.set('merit_base=.05');
    const bytes = await readFile(path.join(levers.home, 'levers', `${first.previous}.csv`));
    await levers.set('cola_rate=.01');
    const back = await levers.json<Moved>('rollback', '--steps', '2', '--reason', 'too much', '--by', 'ben');
    expect(back.lever_set).toBe(first.previous);
    const out = path.join(levers.folder, 'back.csv');
    await levers.json('export', '--out', out);
    expect((await readFile(out)).equals(bytes)).toBe(true);
    expect((await sampleLevers()) === bytes.toString()).toBe(true);
    expect((await levers.history()).map(({ version, action, by }) => [version, action, by])).toEqual([
      [3, 'rollback', 'ben'],
      [2, 'set', 'ann'],
      [1, 'set', 'ann'],
    ]);
    const forward = await levers.json<Moved>(
      'rollback',
      '--to',
      first.lever_set.slice(0, 8),
      '--reason',
      'after all',
    );
    expect(forward.lever_set).toBe(first.lever_set);
    expect((await levers.json<Moved>('rollback', '--reason', 'no')).lever_set).toBe(first.previous);
  });

  test('one step twice goes back two', async () => {
    const first = await levers.set('merit_base=.05');
    await levers.set('cola_rate=.01');
    await levers.json('rollback', '--reason', 'one');
    expect((await levers.json<Moved>('rollback', '--reason', 'two')).lever_set).toBe(first.previous);
    const { exitCode, stderr } = await levers.run('rollback', '--reason', 'three');
    expect(stderr).toContain('scenario default has 0 sets of levers before the current one');
    expect(exitCode).toBe(2);
  });

  test('a set that the scenario never had is no place to go back to', async () => {
    const { lever_set } = await levers.set('--scenario', 'growth', 'merit_base=.05');
    const { exitCode, stderr } = await levers.run('rollback', '--to', lever_set, '--reason', 'x');
    expect(stderr).toContain('must be a set from the history of scenario default');
    expect(exitCode).toBe(2);
  });

  test('diff shows only what differs: sets, files, scenarios', async () => {
    const first = await levers.set('merit_base=.0351', '--years', '2026-2027', '--level', '2');
    const expected = [2026, 2027].map((fiscal_year) => ({
      fiscal_year,
      job_level: 2,
      before: 0.03,
      after: 0.0351,
    }));
    expect(await levers.json('diff')).toMatchObject({
      to: { lever_set: first.lever_set },
      changes: expected,
    });
    expect(await levers.json('diff', first.previous.slice(0, 10), 'current')).toMatchObject({
      changes: expected,
    });
    const file = await levers.file('sample.csv', await sampleLevers());
    expect(await levers.json('diff', file)).toMatchObject({
      from: { file, lever_set: null },
      changes: expected,
    });
    expect(await levers.json('diff', 'default', 'current')).toMatchObject({ changes: [] });
    const { stdout } = await levers.run('diff');
    expect(stdout.split('\n').slice(1)).toEqual([
      'Scenario default',
      'level  years           merit_base',
      '─────  ─────────  ───────────────',
      '2      2026–2027  3.00 % → 3.51 %',
      '',
    ]);
    expect((await levers.run('diff', 'default', 'current')).stdout).toContain('The same values and locks.');
  });

  test('text: show tells who made the set current, history lists the newest first', async () => {
    expect((await levers.run('history')).stdout).toContain('No levers were changed yet');
    await levers.set('merit_base=.05');
    await levers.json('rollback', '--reason', 'too much', '--by', 'ben');
    expect((await levers.run('show')).stdout).toMatch(/made current by ben on \d{4}-.* \(too much\)/);
    const lines = (await levers.run('history')).stdout.split('\n');
    expect(lines[0]).toMatch(/^move +when \(UTC\) +scenario +by +did +from +to +run +reason$/);
    expect(lines[2]).toMatch(/^ +2 .* ben +rollback .* too much$/);
    expect(lines[3]).toMatch(/^ +1 .* ann +set .* budget$/);
  });
});

test('whoever expects a set that is no longer current is refused with who, when, why and what', async () => {
  const first = await levers.set('merit_base=.05', '--level', '1', '--years', '2025');
  const before = await levers.history();
  const argv = ['set', 'cola_rate=.01', '--reason', 'cuts', '--by', 'ben', '--expected', first.previous];
  const { exitCode, stdout } = await levers.run(...argv, '--json');
  const { error } = JSON.parse(stdout) as { error: { code: string; fields: Record<string, unknown> } };
  expect(exitCode).toBe(2);
  expect(error).toMatchObject({
    code: 'LEVERS_MOVED',
    fields: {
      by: 'ann',
      at: first.move?.at,
      reason: 'budget',
      found: first.lever_set,
      changes: ['default 2025 L1 merit_base 0.04 -> 0.05'],
    },
  });
  expect(await levers.history()).toEqual(before);
  const own = String(error.fields['own']);
  const { changes } = await levers.json<Moved>('diff', first.previous, own.slice(0, 12));
  expect(changes).toHaveLength(25);
});
