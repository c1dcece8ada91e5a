/** Scenario files and the chain in which a lever is looked for. */
import type { LeverRow } from '../../src/levers/lever.contract.js';
import { parseScenarios, readDeliveredScenarios, scenarioChain } from '../../src/levers/scenarios.js';

const HEADER = 'scenario_id,parent_id,description';
const parse = (...rows: string[]) => parseScenarios([HEADER, ...rows].join('\n'), 'scenarios.csv');

const lever = (scenario_id: string): LeverRow => ({
  scenario_id,
  fiscal_year: 2025,
  job_level: 1,
  event_type: 'RAISE',
  parameter_name: 'merit_base',
  parameter_value: 0.04,
  is_locked: false,
  created_at: '',
  created_by: '',
});

test('the delivered scenarios: default alone', async () => {
  const scenarios = await readDeliveredScenarios('seeds');
  expect(scenarios).toMatchObject([{ scenario_id: 'default', parent_id: null }]);
  expect(scenarioChain('default', scenarios, [])).toEqual(['default']);
});

test('a chain goes from the scenario over its parents to default', () => {
  const scenarios = parse('default,,', 'low,,right under default', 'lower,low,', 'lowest,lower,');
  expect(scenarioChain('lowest', scenarios, [])).toEqual(['lowest', 'lower', 'low', 'default']);
  expect(scenarioChain('low', scenarios, [])).toEqual(['low', 'default']);
});

test('a scenario of the lever file alone is right under default', () => {
  expect(scenarioChain('what-if', [], [lever('what-if')])).toEqual(['what-if', 'default']);
});

test('an unknown scenario is named with those that are known', () => {
  const call = () => scenarioChain('nope', parse('default,,'), [lever('what-if')]);
  expect(call).toThrow('scenario nope is unknown (known: default, what-if)');
});

test('a circle is shown', () => {
  const scenarios = parse('default,,', 'a,b,', 'b,c,', 'c,a,');
  expect(() => scenarioChain('b', scenarios, [])).toThrow('scenarios inherit in a circle: b -> c -> a -> b');
});

test.each([
  [['a,zz,'], 'scenarios.csv line 2: parent_id = zz: is no scenario'],
  [['a,,', 'a,,'], 'scenarios.csv line 3: scenario_id = a: is also on line 2'],
  [['default,a,', 'a,,'], 'scenarios.csv line 2: parent_id = a: must be empty: default has no parent'],
  [['../x,,'], 'scenarios.csv line 2: scenario_id = ../x: must be letters, digits, dot, dash or underscore'],
])('%j', (rows, message) => {
  expect(() => parse(...rows)).toThrow(message);
});
