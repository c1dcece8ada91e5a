/** Two companies side by side in a browser: every page names the one it shows, and shows nothing of the other. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { jest } from '@jest/globals';
import { PAGES } from '../../web/src/app/pages.js';
import { runMeritloop } from '../cli/run-meritloop.js';
import { exportOf, STYLES } from '../companies/exports.js';
import { startStack, type Stack } from './stack.js';

jest.setTimeout(300_000);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('companies');
  for (const [index, name] of ['acme', 'globex'].entries()) {
    const file = path.join(stack.home, `${name}.csv`);
    await writeFile(file, exportOf(STYLES[index], 300 + index * 50));
    const added = await runMeritloop([
      '--home',
      stack.home,
      'company',
      'add',
      file,
      '--name',
      name,
      '--as-of',
      '2024-12-31',
    ]);
    if (added.exitCode !== 0) throw new Error(added.stderr);
  }
});
afterAll(() => stack.close());

test('every page names the company of its link, in the bar and in the title, and keeps it in its links', async () => {
  const { page } = await stack.visitor();
  for (const name of ['acme', 'globex'])
    for (const { to } of PAGES) {
      await page.goto(`${to}?company=${name}`);
      const picker = page.getByLabel('Company').first();
      await page.waitForFunction(
        (wanted) =>
          document
            .querySelector<HTMLSelectElement>('select')
            ?.selectedOptions[0]?.text.includes(`${wanted}, version 1`),
        name,
      );
      expect({ to, shown: await picker.inputValue(), title: await page.title() }).toEqual({
        to,
        shown: name,
        title: expect.stringContaining(name),
      });
      const links = await page
        .locator('nav.navigation a')
        .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
      for (const link of links) expect(link).toContain(`company=${name}`);
    }
});

test('levels are those of the company, and another company is a page anew', async () => {
  const { page } = await stack.visitor();
  await page.goto('/parameters?company=acme');
  await page.getByText('2 IC2').first().waitFor();
  await page.getByLabel('Company').first().selectOption('globex');
  await page.waitForURL('**/parameters?company=globex');
  await page.getByText('2 GR_02').first().waitFor();
  expect(await page.getByText('IC2').count()).toBe(0);
  await page.goBack();
  await page.getByText('2 IC2').first().waitFor();
  expect(await page.getByText('GR_02').count()).toBe(0);
});

test('a run of one company is not among those of the other', async () => {
  const { page } = await stack.visitor();
  await page.goto('/optimize?company=acme');
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page
    .getByText(/Converged|Infeasible|Not converged/i)
    .first()
    .waitFor({ timeout: 120_000 });
  await page.goto('/runs?company=globex');
  await page.getByText('No run yet').first().waitFor();
  expect(await page.getByText('converged').count()).toBe(0);
});
