/** Laws of the catalogue of levers, on which models, tuner and page rely. */
import { expect, test } from '@jest/globals';
import { absenceNotices, absentLevers, neutralRows } from '../../src/levers/absent.js';
import {
  definitionOf,
  leversBy,
  leversWith,
  PARAMETER_NAMES,
  type LeverEffect,
} from '../../src/levers/catalogue.terms.js';
import { resolveLevers } from '../../src/levers/scenarios.js';
import type { LeverRow } from '../../src/levers/lever.contract.js';

test.each(PARAMETER_NAMES)('%s: bounds and neutral value lie inside of the hard range', (name) => {
  const { hardRange, bounds, neutral, step } = definitionOf(name);
  expect(hardRange[0]).toBeLessThanOrEqual(bounds[0]);
  expect(bounds[1]).toBeLessThanOrEqual(hardRange[1]);
  expect(bounds[0]).toBeLessThan(bounds[1]);
  expect(neutral).toBeGreaterThanOrEqual(hardRange[0]);
  expect(neutral).toBeLessThanOrEqual(hardRange[1]);
  expect(step).toBeGreaterThan(0);
});

test.each<LeverEffect>(['promotion', 'promotion_chance', 'hire_pay'])('one lever is a %s', (effect) => {
  expect(leversWith(effect)).toHaveLength(1);
});

test.each(['eagerness', 'waterfall'] as const)('no two levers share a place by %s', (order) => {
  expect(new Set(PARAMETER_NAMES.map((name) => definitionOf(name)[order])).size).toBe(PARAMETER_NAMES.length);
});

test('the aggressive strategy begins with COLA, an impact too', () => {
  expect(leversBy('eagerness')).toEqual([
    'cola_rate',
    'merit_base',
    'new_hire_salary_adjustment',
    'promotion_raise',
    'promotion_probability',
  ]);
  expect(leversBy('waterfall')).toEqual([
    'cola_rate',
    'merit_base',
    'promotion_probability',
    'promotion_raise',
    'new_hire_salary_adjustment',
  ]);
});

const row = (
  parameter_name: LeverRow['parameter_name'],
  fiscal_year: number,
  job_level: number,
): LeverRow => ({
  scenario_id: 'child',
  fiscal_year,
  job_level,
  event_type: definitionOf(parameter_name).eventType,
  parameter_name,
  parameter_value: 0.03,
  is_locked: true,
  created_at: 'then',
  created_by: 'somebody',
});

test('levers that no row names are neutral in every year and level that rows speak of', () => {
  const rows = [row('merit_base', 2025, 1), row('merit_base', 2026, 2), row('cola_rate', 2025, 1)];
  expect(absentLevers(rows)).toEqual([
    'promotion_probability',
    'promotion_raise',
    'new_hire_salary_adjustment',
  ]);
  expect(absenceNotices(rows)).toHaveLength(3);
  const resolved = resolveLevers(rows, ['child', 'default']);
  expect(resolved).toHaveLength(3 + 3 * 2);
  expect(
    resolved
      .filter(({ parameter_name }) => parameter_name === 'new_hire_salary_adjustment')
      .map((found) => [
        found.fiscal_year,
        found.job_level,
        found.parameter_value,
        found.scenario_id,
        found.is_locked,
      ]),
  ).toEqual([
    [2025, 1, 1, 'default', false],
    [2026, 2, 1, 'default', false],
  ]);
});

test('a set that knows every lever, and one without rows, is left alone', () => {
  expect(neutralRows(PARAMETER_NAMES.map((name) => row(name, 2025, 1)))).toEqual([]);
  expect(neutralRows([])).toEqual([]);
});
