/** Assets, Runs, Parameters and Impact beyond the main story, in a real browser on the real stack. */
import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startStack, type Stack, type Visitor } from './stack.js';

/** A new home compiles the dbt project first. */
jest.setTimeout(300_000);

let stack: Stack;
let visitor: Visitor;
let page: Page;
beforeAll(async () => {
  stack = await startStack('workbench');
  visitor = await stack.visitor({ as: 'ana' });
  page = visitor.page;
});
afterAll(() => stack.close());

const seen = (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor();
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

describe('assets', () => {
  test('a selection is made after its plan was shown, and its card tells what happened', async () => {
    await page.goto('/assets?select=%2Bstg_job_levels&view=list');
    await button('Materialise the selection').click();
    await seen('2 to make, 0 reused, 0 blocked.');
    const plan = page.getByRole('table', { name: 'Plan of the run' });
    expect(await plan.innerText()).toContain('never made');
    await button('Make 2 partitions').click();
    await seen(/Run .* has started/);
    await page.getByRole('img', { name: 'stg_job_levels: whole healthy' }).waitFor();
    await button('stg_job_levels').click();
    await page.getByRole('table', { name: 'History of stg_job_levels' }).getByText('✓ made').waitFor();
    await seen('Made from 1 input, none of which changed since');
    await seen(/reuse it: nothing changed/);
  });

  test('the next plan reuses what is there, until it is told to make it again', async () => {
    await button('Materialise the selection').click();
    await seen('0 to make, 2 reused, 0 blocked.');
    expect(await button('Make 0 partitions').isDisabled()).toBe(true);
    await page.getByLabel('Make it again, whatever is recorded').check();
    await seen('2 to make, 0 reused, 0 blocked.');
    await button('Cancel').click();
  });

  test('a group with all that reads it is one click, and the selection holds in every view', async () => {
    await page.goto('/assets');
    await button('intermediate/pay with all that reads it').click();
    await page.waitForURL(/select=group/);
    const some = page.getByText(/^(\d+) of (?!\1 )\d+ assets/);
    await some.waitFor();
    const words = await some.innerText();
    for (const view of ['List', 'Checks', 'History', 'Graph']) {
      await page.getByText(view, { exact: true }).click();
      expect(await page.getByLabel('Selection', { exact: true }).inputValue()).toBe(
        'group:"intermediate/pay"+',
      );
      expect(await some.innerText()).toBe(words);
    }
  });
});

test('nothing went wrong in the code of the page', () => {
  expect(visitor.faults).toEqual([]);
});
