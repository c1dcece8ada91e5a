/** Moves a scenario's levers: `levers set`, `import` and `rollback`. Each stores a set, then makes it current. */
import path from 'node:path';
import type { LeverRow } from '../../levers/lever.contract.js';
import type { LeverAction } from '../../levers/lever-store.contract.js';
import { optimizationRequest } from '../../runs/request.contract.js';
import { assignLevers } from '../../levers/assign.js';
import { chooseEarlier, chooseRows, moveLevers, type ChosenSet, type MoveScope } from '../../levers/moves.js';
import { atHome } from '../../levers/move-policy.pure.js';
import { jobLevels } from '../../levers/job-levels.js';
import { leverStore } from '../../levers/open.js';
import { resolveLevers } from '../../levers/scenarios.js';
import type { LeverStore } from '../../levers/store.js';
import type { CliContext, CommandInput, Handler } from '../context.js';
import { fingerprintOption, readFileSet } from './lever-source.js';
import { readAssignments, yearsAndLevels } from './lever-words.js';
import { refusedOption, requiredText, wholeNumber } from '../option-values.js';
import { renderMove } from './render-history.js';
import { readRequest } from '../request-options.js';
import { systemUser } from '../system-user.js';

const ofScenario = optimizationRequest.pick({ scenario: true });

export const setLevers: Handler = async (context, input) => {
  const values = readAssignments(input.args);
  const { inherit } = input.options;
  if (values.size === 0 && inherit !== true)
    throw refusedOption('<assignment>', '', 'must name a parameter and its value, such as merit_base=.035');
  const known = jobLevels(context.config);
  const { years, levels = known } = yearsAndLevels(input.options, known.length);
  return move(context, input, 'set', async ({ store, scenario, chain, expected, by }) => {
    const stored = await store.load(expected);
    const rows = inherit === true ? await withParentsOfToday(store, chain, stored) : stored;
    const planned = new Set(resolveLevers(rows, chain).map(({ fiscal_year }) => fiscal_year));
    const assignment = {
      scenario,
      chain,
      levels,
      values,
      by,
      years: years ?? [...planned],
      at: new Date().toISOString(),
    };
    const isNew = !rows.some(({ scenario_id }) => scenario_id === scenario);
    return {
      fingerprint: await store.save(assignLevers(rows, assignment)),
      notices: isNew ? [`${scenario} is a new scenario, under ${chain[1] ?? 'default'}`] : [],
    };
  });
};

export const importLevers: Handler = async (context, input) => {
  const file = path.resolve(context.cwd, requiredText('<file>', input.args[0]));
  const { rows } = await readFileSet(file, context.config);
  return move(context, input, 'import', (scope) =>
    chooseRows(scope, rows, (rule) => refusedOption('--scenario', scope.scenario, rule)),
  );
};

export const rollbackLevers: Handler = async (context, input) => {
  const { to, steps: stepText } = input.options;
  const steps = wholeNumber('--steps', stepText ?? '1', 1, 1_000_000);
  return move(context, input, 'rollback', async (scope) => {
    const named =
      to === undefined ? undefined : await fingerprintOption(scope.store, requiredText('--to', to));
    return chooseEarlier(scope, { to: named, steps }, (rule) => refusedOption('--to', to, rule));
  });
};

/** Reads the words that all moves share, lets `choose` store a set, and swaps it in unless somebody was quicker. */
async function move(
  { config, output, cwd }: CliContext,
  { options }: CommandInput,
  action: LeverAction,
  choose: (scope: MoveScope) => Promise<ChosenSet>,
): Promise<number> {
  const { scenario } = readRequest(ofScenario, options, cwd);
  const reason = requiredText('--reason', options['reason']);
  const by = options['by'] === undefined ? (systemUser() ?? 'unknown') : requiredText('--by', options['by']);
  const expected =
    options['expected'] === undefined
      ? undefined
      : await fingerprintOption(leverStore(config), requiredText('--expected', options['expected']));
  const made = await moveLevers(config, { scenario, expected, action, mover: atHome(by), reason }, choose);
  const warnings = made.warnings.map(({ message }) => message);
  output.show({ ...made, warnings }, (style) =>
    renderMove(
      {
        scenario,
        fingerprint: made.lever_set,
        record: made.move,
        changes: made.changes,
        notes: [...made.notices, ...warnings],
      },
      style,
    ),
  );
  return 0;
}

/** Inherited rows as their own scenarios have them now; those of a scenario without a set of its own stay. */
async function withParentsOfToday(
  store: LeverStore,
  [, ...parents]: readonly string[],
  rows: readonly LeverRow[],
): Promise<LeverRow[]> {
  const own = await store.scenarios();
  const moved = parents.filter((parent) => own.includes(parent));
  const theirs = await Promise.all(
    moved.map(async (parent) =>
      (await store.load(await store.current(parent))).filter(({ scenario_id }) => scenario_id === parent),
    ),
  );
  return [...rows.filter(({ scenario_id }) => !moved.includes(scenario_id)), ...theirs.flat()];
}
