/** Every page: no accessibility fault in either theme, a next step where there is nothing yet, plain words for bad input, the keyboard alone. */
import { jest } from '@jest/globals';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { startStack, type Stack, type Visitor } from './stack.js';

/** A new home compiles the dbt project first. */
jest.setTimeout(300_000);

let stack: Stack;
let visitor: Visitor;
let page: Page;
beforeAll(async () => {
  stack = await startStack('pages');
  visitor = await stack.visitor({ as: 'ana' });
  page = visitor.page;
});
afterAll(() => stack.close());

const seen = (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor();

describe('in a new home', () => {
  test.each([
    ['/results', 'No simulation is stored yet', 'Run the first simulation', '/simulate'],
    ['/runs', 'No run yet', 'Start the first run', '/optimize'],
  ])('%s says what is missing and leads to the next step', async (path, words, action, next) => {
    await page.goto(path);
    await seen(words);
    await page.getByRole('link', { name: action }).click();
    await page.waitForURL(`**${next}**`);
  });

  test('the levers are there, and nobody has moved them', async () => {
    await page.goto('/parameters');
    await seen('Nobody has moved the levers of default yet: they are those of the first import.');
  });
});

describe('bad input', () => {
  test('a lever outside its range is marked, explained, kept until it is mended, and not saved', async () => {
    await page.goto('/parameters');
    const cell = page.locator('input.cell-input[aria-label="COLA, level 1, all years, percent"]');
    await cell.fill('60');
    await cell.press('Tab');
    expect(await cell.getAttribute('aria-invalid')).toBe('true');
    expect(await cell.getAttribute('title')).toBe('from 0\u202f% to 10\u202f%');
    const save = page.getByRole('button', { name: 'Review and save' });
    for (const look of ['as it was typed', 'after a reload']) {
      await seen(/5 lie outside the hard range, kept until mended \(first: COLA, level 1, 2025\)/);
      await seen(/COLA, level 1, 2025: 60\u202f% must be from 0\u202f% to 10\u202f%/);
      expect([look, await cell.inputValue(), await save.isDisabled()]).toEqual([look, '60', true]);
      if (look === 'as it was typed') await page.reload();
    }
    await cell.fill('6');
    await cell.press('Tab');
    await seen('5 unsaved changes to default');
    expect(await page.getByText('kept until mended').count()).toBe(0);
    expect(await save.isDisabled()).toBe(false);
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  test.each([
    ['Tolerance (± pp)', '9', 'from 0.001 to 5'],
    ['Max iterations', '99', 'from 1 to 50'],
    ['Target growth (% a year)', '70', 'from -50 to 50'],
  ])('%s of %s: says the range, and the run cannot be started', async (label, value, rule) => {
    await page.goto('/optimize');
    await page.getByLabel(label).fill(value);
    await seen(rule);
    expect(await page.getByRole('button', { name: 'Start the run' }).isDisabled()).toBe(true);
  });

  test('a link to a run that does not exist says so and what to do', async () => {
    await page.goto('/optimize?run=nobody-knows-it');
    await seen('RUN_NOT_SHOWN');
    await seen(/Look for it on the page Runs/);
  });

  test('a link that was cut short opens with what can be read', async () => {
    await page.goto('/optimize?target=3.5&tolerance=abc&strategy=bold');
    expect(await page.getByLabel('Target growth (% a year)').inputValue()).toBe('3.5');
    expect(await page.getByLabel('Tolerance (± pp)').inputValue()).toBe('0.1');
  });

  test('a lever file with a fault is refused with its line, before anything is stored', async () => {
    await page.goto('/parameters');
    const csv = (await (await fetch(`${stack.url}/api/levers/export`)).text()).replace(
      /(.*\n.*merit_base,)[^,]*/,
      '$1lots',
    );
    await page.locator('input[type=file]').setInputFiles({
      name: 'round.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(csv),
    });
    await seen('✕ The file cannot be imported; nothing was stored.');
    await seen(/line 2: parameter_value = lots/);
    await page.keyboard.press('Escape');
  });

  test('a field pasted from a spreadsheet that is no number changes nothing', async () => {
    await page.goto('/parameters?lever=merit_base');
    const cell = page.locator('input.cell-input[aria-label="Merit, level 1, 2025, percent"]');
    await paste(cell, '3.1\t3.2\n2.1\tmany');
    await seen('“many” is no number; nothing was pasted.');
    await paste(cell, '3.1\t3.2\n2.1\t2.2');
    await seen('4 unsaved changes to default');
    await page.getByRole('button', { name: 'Discard' }).click();
  });
});

const paste = (cell: ReturnType<Page['locator']>, text: string) =>
  cell.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

/** Presses Tab until the element of that name has the focus. */
async function tabTo(name: string): Promise<void> {
  for (let press = 0; press < 120; press += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
    if (focused.trim() === name) return;
  }
  throw new Error(`Tab does not reach “${name}”`);
}

test('the keyboard alone starts a run, reads it, applies it and takes it back', async () => {
  await page.goto('/optimize');
  await tabTo('Start the run');
  await page.keyboard.press('Enter');
  await seen(/Growth meets 2\.00\u202f% within ± 0\.1 pp/);
  await tabTo('Apply the levers');
  await page.keyboard.press('Enter');
  await page.getByRole('table', { name: 'What applying changes' }).waitFor();
  await tabTo('Apply');
  await page.keyboard.press('Enter');
  await seen(/✓ \d+ levers of default are changed/);
  await tabTo('Undo');
  await page.keyboard.press('Enter');
  await seen(/↺ Taken back/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByLabel('Go to').fill('Runs');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/runs/);
});

/** Opened in the first, switched to the second. */
const THEMES = ['dark', 'light'] as const;

/** Every rule of axe; of what passes it keeps less, and without frames it needs no page of its own to add up. */
const auditor = (audited: Page) =>
  new AxeBuilder({ page: audited }).options({ resultTypes: ['violations'] }).setLegacyMode();

test('axe finds no fault on any page, in either theme', async () => {
  const reader = await stack.visitor({ dark: true });
  const { runs } = (await (await fetch(`${stack.url}/api/runs`)).json()) as { runs: { run_id: string }[] };
  const run = runs[0]?.run_id ?? '';
  const faults: string[] = [];
  for (const [path, landmark] of [
    ['/parameters', 'History of the levers'],
    ['/parameters?lever=cola_rate', 'Fill right'],
    ['/impact', 'What it means'],
    ['/simulate?plan=yes&seed=9', 'Because of'],
    ['/results', 'Checks and provenance'],
    ['/results?view=rows', 'Sorted by'],
    ['/results?number=growth_mean/2026//', 'SQL of the figure'],
    [`/optimize?run=${run}&effects=yes`, 'did most'],
    ['/runs', 'Compare'],
    [`/runs/${run}/report`, 'Levers before and after'],
    ['/assets?open=intermediate/flow', 'Lineage'],
    ['/assets?view=list', 'Partitions due'],
  ] as const) {
    await reader.page.emulateMedia({ colorScheme: THEMES[0] });
    await reader.page.goto(path);
    await reader.page.getByText(landmark).filter({ visible: true }).first().waitFor();
    for (const theme of THEMES) {
      await reader.page.emulateMedia({ colorScheme: theme });
      await reader.page.locator(`html[data-mantine-color-scheme=${theme}]`).waitFor();
      const { violations } = await auditor(reader.page).analyze();
      faults.push(
        ...violations.map(({ id, nodes }) => `${path} ${theme}: ${id}: ${nodes[0]?.html.slice(0, 200)}`),
      );
    }
  }
  expect(faults).toEqual([]);
  await reader.context.close();
});

test('nothing went wrong in the code of the page', () => {
  expect(visitor.faults).toEqual([]);
});
