/** Limits and targets typed out of bounds, in a real browser: kept as typed, said, and not taken before they are mended. */
import { startStack, type Stack } from './stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('list-dialogs');
});
afterAll(() => stack.close());

interface Row {
  readonly button: string;
  readonly field: string;
  readonly typed: string;
  readonly says: string;
  readonly mended: string;
  readonly take: string;
}

const LIMITS = { button: 'Bounds and held levers…', take: 'Take 1 limit' };
const TARGETS = { button: 'Several targets…', take: 'Take 1 target' };
const ROWS: readonly Row[] = [
  {
    ...LIMITS,
    field: 'From (%), limit 1',
    typed: '-3',
    says: 'limit 1: from must be from 0 to',
    mended: '1',
  },
  { ...LIMITS, field: 'To (%), limit 1', typed: '999', says: 'limit 1: to must be from 0 to', mended: '5' },
  {
    ...LIMITS,
    field: 'Step (pp), limit 1',
    typed: '0',
    says: 'limit 1: step must be from 0.01',
    mended: '0.5',
  },
  {
    ...TARGETS,
    field: 'Year, target 1',
    typed: '2099',
    says: 'target 1: year must be from 2020',
    mended: '2025',
  },
  {
    ...TARGETS,
    field: '± Tolerance, target 1',
    typed: '-1',
    says: 'target 1: tolerance must be',
    mended: '0.2',
  },
];

test.each(ROWS)('$field: $typed', async ({ button, field, typed, says, mended, take }) => {
  const { page, context } = await stack.visitor({ as: 'ana' });
  await page.goto('/optimize?target=3');
  await page.getByRole('button', { name: 'More choices' }).click();
  await page.getByRole('button', { name: button }).click();
  const input = page.getByLabel(field, { exact: true });
  await input.fill(typed);
  // Leaving the field is when a number would be moved to its bound.
  await input.blur();
  await page.getByRole('alert').filter({ hasText: says }).waitFor();
  expect(await input.inputValue()).toBe(typed);
  const taking = page.getByRole('button', { name: take });
  expect(await taking.isDisabled()).toBe(true);
  await input.fill(mended);
  await page.getByRole('alert').filter({ hasText: says }).waitFor({ state: 'detached' });
  expect(await taking.isEnabled()).toBe(true);
  await context.close();
});
