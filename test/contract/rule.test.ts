/** A refused request names its field, value and rule in words of our own. */
import { expect, test } from '@jest/globals';
import { optimizationRequest } from '../../src/contract/request.js';
import { acceptedValues, brokenRule } from '../../src/contract/rule.js';

test.each([
  [{ tolerance: 9 }, 'tolerance', '9', 'must be a number from 0.001 to 5'],
  [{ tolerance: '9,5' }, 'tolerance', '9,5', 'must be a number from 0.001 to 5'],
  [{ max_iterations: 2.5 }, 'max_iterations', '2.5', 'must be a whole number from 1 to 50'],
  [{ strategy: 'bold' }, 'strategy', 'bold', 'must be one of conservative, balanced, aggressive'],
  [{ years: '2025' }, 'years', '2025', 'must look like 2025-2029'],
  [{ years: '2029-2025' }, 'years', '2029-2025', 'must lie in 2020–2060 with the end not before the start'],
  [{ id: '../x' }, 'id', '../x', 'must be letters, digits, dot, dash or underscore'],
  [{ census: '' }, 'census', '""', 'must not be empty'],
  [
    { requested_by: 'x'.repeat(201) },
    'requested_by',
    `${'x'.repeat(117)}...`,
    'must be at most 200 characters',
  ],
  [{ census: 7 }, 'census', '7', 'must be a string'],
  [[], 'request', '[]', 'must be one JSON object'],
])('%j', (input, field, value, rule) => {
  const { error } = optimizationRequest.safeParse(input);
  expect(error && brokenRule(optimizationRequest, error, input)).toEqual({ field, value, rule });
});

test('a bad entry of a list shows the entry and the list that is known', () => {
  const input = { tune: ['merit_base', 'bonus'] };
  const { error } = optimizationRequest.safeParse(input);
  const broken = error && brokenRule(optimizationRequest, error, input);
  expect(broken?.value).toBe('bonus');
  expect(broken?.rule).toMatch(/^must be a list of merit_base, cola_rate, /);
});

test('an unknown key names itself and the known ones', () => {
  const input = { tolerence: 1 };
  const { error } = optimizationRequest.safeParse(input);
  const broken = error && brokenRule(optimizationRequest, error, input);
  expect(broken).toMatchObject({ field: 'tolerence', value: '1' });
  expect(broken?.rule).toContain('tolerance');
});

test('free text has no list of values', () => {
  expect(acceptedValues(optimizationRequest.shape.census)).toBeUndefined();
});
