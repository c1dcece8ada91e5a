/** The plan of a small grid; tests change what they are about. */
import type { GridPlan } from '../../src/grids/plan.pure.js';

export const samplePlan = (changes: Partial<GridPlan> = {}): GridPlan => ({
  grid_id: 'g',
  requested_by: 'ann',
  targets: [1.5, 2],
  strategies: ['balanced', 'aggressive'],
  scenarios: [{ scenario: 'default', levers: 'levers/a.csv', inputs: '01234567' }],
  seeds: [42, 43],
  years: { first: 2025, last: 2026 },
  parallel: 2,
  common: {
    target_mode: 'average',
    metric: 'mean',
    statuses: ['continuous_active'],
    tolerance: 0.1,
    max_iterations: 10,
    tune: ['cola_rate'],
    engine: 'auto',
    census: 'inputs/b/source.csv',
    years: '2025-2026',
    requested_by: 'ann',
  },
  notices: ['one person left'],
  ...changes,
});
