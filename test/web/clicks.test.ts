/** A click stands at once, and none is lost, however long the page takes to settle: in a real browser. */
import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startStack, type Stack } from './stack.js';

/** A new home compiles the dbt project first. */
jest.setTimeout(300_000);

let stack: Stack;
let page: Page;
beforeAll(async () => {
  stack = await startStack('clicks');
  ({ page } = await stack.visitor());
});
afterAll(() => stack.close());

/** Clicks one after another without leaving the page a moment between; what each shows right after its own click. */
const clickAll = (labels: readonly string[]): Promise<boolean[]> =>
  page.evaluate(
    (wanted) =>
      wanted.map((label) => {
        const found = [...document.querySelectorAll('label')].find(
          ({ textContent }) => textContent === label,
        );
        if (!(found?.control instanceof HTMLInputElement)) throw new Error(`no box ${label}`);
        found.control.click();
        return found.control.checked;
      }),
    labels,
  );

const isChecked = (label: string): Promise<boolean> => page.getByLabel(label, { exact: true }).isChecked();

test('boxes of Auto-Optimize clicked while the page settles show and keep every click', async () => {
  const labels = ['COLA', 'Promotion raise', "Wait for somebody else's approval", 'Merit'];
  await page.goto('/optimize?approval=yes');
  await page.getByLabel('COLA', { exact: true }).waitFor();
  const before = await Promise.all(labels.map(isChecked));
  const shown = await clickAll(labels);
  expect(shown).toEqual(before.map((checked) => !checked));
  await page.waitForURL((url) => !url.searchParams.has('approval'));
  expect(await Promise.all(labels.map(isChecked))).toEqual(shown);
  await page.reload();
  await page.getByRole('button', { name: /choices/ }).waitFor();
  expect(await Promise.all(labels.slice(0, 2).map(isChecked))).toEqual(shown.slice(0, 2));
});
