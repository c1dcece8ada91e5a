/** An analyst's whole story in real browsers on the real stack: API, Temporal, worker, DuckDB. */
import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openPage, setLever, startStack, type Stack, type Visitor } from './stack.js';
import { tuningStory } from './tuning-story.js';

/** A new home compiles the dbt project first. */
jest.setTimeout(300_000);

let stack: Stack;
let ana: Visitor;
let page: Page;
beforeAll(async () => {
  stack = await startStack('story');
  ana = await stack.visitor({ as: 'ana' });
  page = ana.page;
});
afterAll(() => stack.close());

interface Json {
  readonly [key: string]: unknown;
}
const api = async (path: string): Promise<Json> => (await (await fetch(stack.url + path)).json()) as Json;
const seen = (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor();
const isShown = (text: string | RegExp) => page.getByText(text).first().isVisible();

test('levers are changed as a draft that survives a reload and is undone step by step', async () => {
  await page.goto('/');
  await page.waitForURL(/parameters/);
  await setLever(page, 'Merit, level 1, all years', '3.5');
  await setLever(page, 'COLA, level 2, all years', '1.5');
  await seen('10 unsaved changes to default');
  await page.reload();
  await seen('10 unsaved changes to default');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await seen('5 unsaved changes to default');
  await page.getByRole('button', { name: 'Redo' }).click();
  await seen('10 unsaved changes to default');
});

test('the impact of the draft is simulated, and its parts add up', async () => {
  await openPage(page, 'Impact Analysis');
  await seen(/● Exact: every figure is a simulation/);
  await page
    .getByRole('figure', { name: 'From current to draft' })
    .getByRole('button', { name: 'Table' })
    .click();
  const effects = await page
    .getByRole('table', { name: 'Effect of each lever' })
    .getByRole('row')
    .allInnerTexts();
  const parts = effects
    .slice(1)
    .map((row) => Number(/([+−]?[\d.]+)\u202fpp/.exec(row)?.[1]?.replace('−', '-')));
  const summary = await page
    .getByText(/with the draft\./)
    .first()
    .innerText();
  const [before = 0, after = 0] = [/^([\d.]+)/, /; ([\d.]+)\u202f% with the draft/].map((text) =>
    Number(text.exec(summary)?.[1]),
  );
  expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(after - before, 1);
  expect(after).toBeLessThan(before);
});

test('the draft is simulated, and the results say what the API says', async () => {
  await openPage(page, 'Run Simulation');
  await page.getByRole('button', { name: 'Simulate the draft' }).click();
  await page.getByRole('link', { name: 'Read the results' }).click();
  await page.waitForURL(/results\?.*simulation=/);
  await seen('By year');
  const id = new URL(page.url()).searchParams.get('simulation') ?? '';
  const { mean_growth } = (await api(`/api/simulations/${id}/results`)) as { mean_growth: number };
  await seen(`${mean_growth.toFixed(2)}\u202f%`);
  await seen('✓ It holds in every year.');
  expect(await isShown(/✓ All \d+ checks pass/)).toBe(true);
});

test('a number opens its definition, its SQL and the rows behind it', async () => {
  await page.getByRole('table', { name: 'Results by year' }).getByRole('button').nth(1).click();
  await seen('What this number is');
  await seen('SQL of the figure');
  const headcount = await page
    .getByRole('table', { name: 'Results by year' })
    .getByRole('button')
    .nth(1)
    .innerText();
  await seen(`${headcount} rows behind it`);
  await page.getByRole('button', { name: 'All rows' }).click();
  await page.getByRole('table', { name: 'Rows of the snapshot' }).getByText('EMP_').first().click();
  await seen('Where each year ended');
  await page.keyboard.press('Escape');
});

test('the draft is saved with a reason, which stands in the history', async () => {
  await openPage(page, 'Parameter Overview');
  await page.getByRole('button', { name: 'Review and save' }).click();
  await page.getByLabel('Why').fill('budget round');
  await page.getByRole('button', { name: 'Save as current' }).click();
  await page.getByRole('cell', { name: 'budget round' }).first().waitFor();
  expect(await page.getByRole('table', { name: 'Moves of the levers' }).innerText()).toContain('ana');
  expect(await isShown(/unsaved change/)).toBe(false);
});

test('whoever saves on a stale grid sees both changes, and loses none', async () => {
  const bob = await stack.visitor({ as: 'bob' });
  await bob.page.goto('/parameters');
  await setLever(bob.page, 'Merit, level 5, all years', '2.5');
  await setLever(page, 'Merit, level 4, all years', '2.2');
  for (const [who, why] of [
    [page, 'first'],
    [bob.page, 'second'],
  ] as const) {
    await who.getByRole('button', { name: 'Review and save' }).click();
    await who.getByLabel('Why').fill(why);
    await who.getByRole('button', { name: 'Save as current' }).click();
    if (who === page) await page.getByRole('cell', { name: 'first', exact: true }).first().waitFor();
  }
  const conflict = bob.page.getByRole('alert');
  await conflict.getByText(/ana moved the levers/).waitFor();
  expect(await conflict.getByRole('table', { name: 'Their changes' }).innerText()).toContain('2.2');
  expect(await conflict.getByRole('table', { name: 'Your changes' }).innerText()).toContain('2.5');
  await bob.page.getByRole('button', { name: 'Put my changes on top of theirs' }).click();
  await bob.page.getByRole('button', { name: 'Save as current' }).click();
  await bob.page.getByRole('cell', { name: 'second', exact: true }).first().waitFor();
  const { levers } = (await api('/api/levers')) as {
    levers: { job_level: number; parameter_name: string; parameter_value: number }[];
  };
  const merit = (level: number) =>
    levers.find((row) => row.job_level === level && row.parameter_name === 'merit_base')?.parameter_value;
  expect([merit(4), merit(5)]).toEqual([0.022, 0.025]);
  await bob.context.close();
});

test('a run waits for approval; who asked for it is refused, another browser approves the same run', async () => {
  await openPage(page, 'Auto-Optimize');
  expect(await page.getByLabel('Target growth (% a year)').inputValue()).toBe('2');
  expect(await page.getByLabel('Max iterations').inputValue()).toBe('10');
  expect(await page.getByLabel('Tolerance (± pp)').inputValue()).toBe('0.1');
  expect(await page.getByLabel('Balanced').isChecked()).toBe(true);
  await page.getByRole('button', { name: 'More choices' }).click();
  await page.getByLabel("Wait for somebody else's approval").check();
  await page.getByRole('button', { name: 'Start the run' }).click();
  await seen('waiting for approval');
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByRole('button', { name: 'Approve the levers' }).click();
  await seen('OWN_REQUEST');

  const boss = await stack.visitor({ as: 'boss' });
  await boss.page.goto(page.url());
  await boss.page.getByRole('button', { name: 'Approve', exact: true }).click();
  await boss.page.getByRole('button', { name: 'Approve the levers' }).click();
  for (const who of [boss.page, page]) {
    await who.getByText('converged', { exact: true }).first().waitFor();
    await who.getByText('applied', { exact: true }).first().waitFor();
  }
  await boss.context.close();
});

test('the server is killed in the middle of a watched run: the page says so, finds it again, and the run converges', async () => {
  await page.goto('/optimize?target=3&tolerance=0.001');
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  await stack.kill();
  await seen(/The live connection is lost/);
  await stack.restart();
  await seen(/Connected again|Growth meets/);
  await page.getByRole('button', { name: 'Resume' }).click();
  await seen(/Growth meets 3\.00\u202f% within ± 0\.001 pp/);
});

test('the levers of a run are applied only after a diff, and taken back', async () => {
  const before = (await api('/api/levers'))['lever_set'];
  await page.getByRole('button', { name: 'Apply the levers' }).click();
  await page.getByRole('table', { name: 'What applying changes' }).waitFor();
  expect((await api('/api/levers'))['lever_set']).toBe(before);
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await seen(/✓ \d+ levers of default are changed/);
  expect((await api('/api/levers'))['lever_set']).not.toBe(before);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await seen(/↺ Taken back/);
  expect((await api('/api/levers'))['lever_set']).toBe(before);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
});

tuningStory(() => ({ stack, page }));

test('two simulations side by side show only what differs', async () => {
  const { simulations } = (await api('/api/simulations')) as { simulations: { simulation_id: string }[] };
  const [first, second] = simulations.map(({ simulation_id }) => simulation_id);
  await page.goto(`/results?simulation=${first}&with=${second}&view=compare`);
  const inputs = page.getByRole('table', { name: 'Inputs compared' });
  await inputs.waitFor();
  expect(await inputs.innerText()).not.toContain('seed');
  await page.getByLabel('Only what differs').uncheck();
  await inputs.getByText('seed').first().waitFor();
  expect(page.url()).toContain('all=yes');
});

test('nothing went wrong in the code of the page', () => {
  expect(ana.faults).toEqual([]);
});
