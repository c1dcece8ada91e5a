/** A refused request names its field, value and rule in words of our own. */
import { expect, test } from '@jest/globals';
import { optimizationRequest } from '../../../src/runs/request.contract.js';
import { acceptedValues, brokenRule } from '../../../src/shared/contract/rule.contract.js';

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

const target = { fiscal_year: 2026, metric_name: 'headcount', target_value: 5000, tolerance: 1 };

test.each([
  [[{ ...target, metric_name: 'bonus' }], 'targets.0.metric_name', 'bonus', /^must be one of comp/],
  [[target, { ...target, tolerance: -1 }], 'targets.1.tolerance', '-1', /^must be at least 0$/],
  [[{ ...target, goal: 1 }], 'targets.0.goal', '1', /^unknown key$/],
  [
    { targets: [target], limits: [{ parameter_name: 'bonus' }] },
    'targets.limits.0.parameter_name',
    'bonus',
    /^must be one of merit_base, /,
  ],
  [
    { targets: [target], limits: [{ parameter_name: 'merit_base', low: 0.2, high: 0.1 }] },
    'targets.limits.0.low',
    '0.2',
    /^must not be above high$/,
  ],
  [[{ ...target, tolerance: 0 }], 'targets.0.tolerance', '0', /^must be greater than 0 for a target/],
  [
    { targets: [target], limits: [{ parameter_name: 'cola_rate', high: 0.2 }] },
    'targets.limits.0.high',
    '0.2',
    /^must not be above the hard range/,
  ],
  ['', 'targets', '""', /^must not be empty$/],
])('targets %j', (targets, field, value, rule) => {
  const { error } = optimizationRequest.safeParse({ targets });
  const broken = error && brokenRule(optimizationRequest, error, { targets });
  expect(broken).toMatchObject({ field, value });
  expect(broken?.rule).toMatch(rule);
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
