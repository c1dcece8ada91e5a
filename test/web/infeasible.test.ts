/** A run that cannot meet its target, in a real browser: what its page offers first, and what its results are compared with. */
import { jest } from '@jest/globals';
import { startStack, type Stack } from './stack.js';

/** A new home compiles the dbt project first. */
jest.setTimeout(300_000);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('infeasible');
});
afterAll(() => stack.close());

test('its main button asks again; its closest levers are a second step with a warning; results keep its target', async () => {
  const { page } = await stack.visitor({ as: 'ana' });
  await page.goto('/optimize?target=40&years=2025-2025');
  await page.getByRole('button', { name: 'Start the run' }).click();
  await page.getByText(/No levers that were tried reach 40\.00/).waitFor();
  const variant = (name: string) => page.getByRole('button', { name }).getAttribute('data-variant');
  expect(await variant('Ask again, changed')).toBe('filled');
  expect(await variant('Apply the closest levers…')).toBe('default');
  const bar = page.getByRole('group', { name: 'What this page shows' });
  expect(await bar.innerText()).toContain('2025–2025');

  await page.getByRole('button', { name: 'Apply the closest levers…' }).click();
  await page.getByText(/these levers do not meet the target of 40\.00/).waitFor();
  expect(await page.getByRole('table', { name: 'What applying changes' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Show what they would change' }).click();
  await page.getByRole('button', { name: 'Apply levers that miss the target' }).waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'Open its results' }).click();
  await page.getByText(/target 40\.00\u202f%, of run /).waitFor();
  expect(await page.getByLabel('Target (% a year)').inputValue()).toBe('40');
});
