/** From resolved levers and sensitivities to the rows that a run may move. */
import type { LeverRow, ParameterName } from '../../src/levers/lever.contract.js';
import { tunableLevers } from '../../src/tuning/tunable-levers.js';

const row = (fiscal_year: number, parameter_name: ParameterName, is_locked = false): LeverRow => ({
  scenario_id: 'parent',
  fiscal_year,
  job_level: 2,
  event_type: 'RAISE',
  parameter_name,
  parameter_value: 0.03,
  is_locked,
  created_at: '2025-01-01',
  created_by: 'analyst',
});
const sensitivity = {
  fiscal_year: 2025,
  job_level: 2,
  parameter_name: 'merit_base' as const,
  growth_by_year: { 2025: 12, 2026: -2 },
};
const part = {
  tune: ['merit_base' as const],
  years: { first: 2025, last: 2026 },
  target_mode: 'average' as const,
};

test('keeps the tuned parameters of the planned years, with bounds, step and lock', () => {
  const rows = [
    row(2024, 'merit_base'),
    row(2025, 'merit_base'),
    row(2025, 'cola_rate'),
    row(2026, 'merit_base', true),
  ];
  const levers = tunableLevers(rows, [sensitivity], part);
  expect(levers).toEqual([
    expect.objectContaining({
      fiscal_year: 2025,
      scenario_id: 'parent',
      value: 0.03,
      low: 0.01,
      high: 0.1,
      step: 0.01,
    }),
    expect.objectContaining({ fiscal_year: 2026, locked: true, sensitivity: 0 }),
  ]);
});

test.each([
  { target_mode: 'average' as const, expected: 5 },
  { target_mode: 'final-year' as const, expected: -2 },
])('the sensitivity of the $target_mode is $expected', ({ target_mode, expected }) => {
  const [lever] = tunableLevers([row(2025, 'merit_base')], [sensitivity], { ...part, target_mode });
  expect(lever?.sensitivity).toBe(expected);
});
