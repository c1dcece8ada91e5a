/** The part of the story in which levers are tuned and simulated with more than the defaults. */
import type { Locator, Page } from 'playwright-core';
import type { RunDetails } from '../../web/src/api/types.js';
import { setLever, type Stack } from './stack.js';

/** Adds its tests to the file that calls it; they share that file's processes and browser. */
export function tuningStory(of: () => { readonly stack: Stack; readonly page: Page }): void {
  let stack: Stack;
  let page: Page;
  beforeAll(() => {
    ({ stack, page } = of());
  });
  const seen = (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor();

  /** What the API says of the run that the page shows. */
  async function shownRun() {
    const id = new URL(page.url()).searchParams.get('run') ?? '';
    return (await (await fetch(`${stack.url}/api/runs/${id}`)).json()) as RunDetails;
  }

  test('a lever that is held does not move; the run says why each step, and what other strategies need', async () => {
    await page.goto('/optimize?target=3');
    await page.getByRole('button', { name: 'More choices' }).click();
    await page.getByRole('button', { name: 'Bounds and held levers…' }).click();
    await page.getByLabel('Lever, limit 1').selectOption({ label: 'COLA' });
    await page.getByLabel('Hold, limit 1').check();
    await page.getByRole('button', { name: 'Take 1 limit' }).click();
    await seen('COLA: held');
    await page.getByRole('button', { name: 'Start the run' }).click();
    await seen(/Growth meets 3\.00/);
    const { result } = await shownRun();
    await page.goto(page.url().replace(/&?limits=[^&]*/, ''));
    await page.getByRole('button', { name: 'Ask again, changed' }).click();
    await seen('COLA: held');
    const held = result?.levers.filter(({ parameter_name }) => parameter_name === 'cola_rate') ?? [];
    expect(held.length).toBe(25);
    expect(held.every(({ before, after, bound }) => before === after && bound === 'locked')).toBe(true);
    const why = page.getByRole('table', { name: 'Why each step' });
    expect(await why.innerText()).toMatch(/The target lies between .* and .*: the levers were placed/);
    await page.getByText('Strategies', { exact: true }).click();
    await page.getByRole('button', { name: 'Run conservative and aggressive too' }).click();
    const strategies = page.getByRole('table', { name: 'Strategies on the same question' });
    await expectRows(strategies.getByText('converged'), 3);
  });

  const expectRows = async (rows: Locator, count: number): Promise<void> => {
    await rows.nth(count - 1).waitFor();
    expect(await rows.count()).toBe(count);
  };

  test('the run is the same after a reload, on the way back, and in another browser; its results lead back to it', async () => {
    const run = page.url();
    await page.getByText('Trials', { exact: true }).click();
    await page.getByLabel('Lever of the slice').selectOption({ label: 'Merit' });
    await page.getByRole('button', { name: 'Simulate lever by lever' }).click();
    await seen(/did most, /);
    const view = page.url();
    expect(view).toMatch(/lever=merit_base/);
    await page.getByRole('link', { name: 'Open its results' }).click();
    await page.waitForURL(/results/);
    await page.getByRole('link', { name: /^run / }).first().waitFor();
    await page.goBack();
    await page.reload();
    expect(page.url()).toBe(view);
    const other = await stack.visitor({ as: 'cleo' });
    await other.page.goto(view);
    for (const who of [page, other.page]) {
      await who
        .getByText(/did most, /)
        .first()
        .waitFor();
      expect(await who.getByLabel('Lever of the slice').inputValue()).toBe('merit_base');
    }
    expect(new URL(run).searchParams.get('run')).toBe(new URL(other.page.url()).searchParams.get('run'));
    await other.context.close();
  });

  test('several targets are asked for in a table, and the run says what became of each', async () => {
    await page.goto('/optimize?approval=yes');
    await page.getByRole('button', { name: 'Several targets…' }).click();
    await page.getByRole('button', { name: 'Add a target' }).click();
    await page.getByLabel('Figure (unit), target 2').selectOption({ label: 'Total payroll (USD)' });
    await page.getByLabel('Is, target 2').selectOption({ label: 'at most' });
    await page.getByLabel('Value, target 2').fill('1000');
    await page.getByLabel('Priority, target 2').selectOption('low');
    await page.getByRole('button', { name: 'Take 2 targets' }).click();
    await page.getByLabel("Wait for somebody else's approval").uncheck();
    await page.getByRole('button', { name: 'Start the run' }).click();
    await seen('1 of 2 targets are met.');
    const rows = await page.getByRole('table', { name: 'Targets' }).getByRole('row').allInnerTexts();
    expect(rows[1]).toContain('✓ met');
    expect(rows[2]).toMatch(/at most \$1,000.*⊘ out of reach/s);
  });

  test('growth on seeds that tuned nothing stands as a band beside the run and its results', async () => {
    await page.goto('/optimize?seeds=2&target=3.5');
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByRole('figure', { name: 'Growth by chance' }).waitFor();
    const { result } = await shownRun();
    expect(result?.uncertainty?.evaluation_seeds.length).toBeGreaterThan(1);
    await page.goto(`/results?simulation=${result?.simulation_id}`);
    const band = page.getByRole('figure', { name: 'Growth by chance' });
    await band.getByRole('button', { name: 'Table' }).click();
    const [, first] = await band.getByRole('row').allInnerTexts();
    expect(first).toContain(result?.uncertainty?.years[0]?.growth.p10.toFixed(2));
  });

  test('a simulation says beforehand what it runs and why, then how long each model took, and tells when it ends', async () => {
    await page.addInitScript(() => {
      class Recorded {
        static readonly requestPermission = () => Promise.resolve('granted');
        constructor(_title: string, { body }: { body: string }) {
          document.title = body;
        }
      }
      Object.assign(window, { Notification: Recorded });
    });
    await page.goto('/parameters?lever=merit_base');
    await setLever(page, 'Merit, level 1, 2028', '3.3');
    await page.goto('/simulate?plan=yes');
    const plan = page.getByRole('table', { name: 'Steps foreseen' });
    const pay = plan.getByRole('row').filter({ hasText: 'int_pay_year' });
    await pay.waitFor();
    expect(await pay.getByLabel(/^reuse/).count()).toBe(3);
    expect(await pay.getByLabel(/^run/).count()).toBe(2);
    await seen(/merit_base of 2028 \(1 row\)/);
    await page.getByRole('button', { name: 'Simulate the draft' }).click();
    await page.getByRole('button', { name: 'Tell me when it ends' }).click();
    await page.waitForFunction(() => document.title === 'Simulation of default: completed');
    const grid = page.getByRole('table', { name: 'Models by year' });
    await page.getByLabel('Provenance').waitFor();
    const made = grid.getByRole('row').filter({ hasText: 'int_pay_year' });
    expect(await made.getByLabel(/^(run in|reused)/).count()).toBe(5);
    await seen('✓ Nothing:');
    await page.getByRole('button', { name: 'Discard' }).click();
  });
}
