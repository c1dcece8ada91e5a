/** Moves a scenario's levers: `levers set`, `import` and `rollback`. Each stores a set, then makes it current. */
import path from 'node:path';
import { JOB_LEVELS, type LeverRow } from '../../contract/lever.js';
import type { LeverAction } from '../../contract/lever-store.js';
import { optimizationRequest } from '../../contract/request.js';
import { failure } from '../../errors.js';
import { assignLevers } from '../../levers/assign.js';
import { leverChanges } from '../../levers/changes.js';
import { lineage } from '../../levers/lineage.js';
import { leverStore } from '../../levers/open.js';
import { asSeenBy, inheritance, readScenarios, resolveLevers } from '../../levers/scenarios.js';
import type { LeverStore } from '../../levers/store.js';
import { leverWarnings } from '../../levers/warnings.js';
import type { CliContext, CommandInput, Handler } from '../context.js';
import { fingerprintOption, readFileSet } from '../lever-source.js';
import { readAssignments, readNumbers } from '../lever-words.js';
import { refusedOption, requiredText, wholeNumber } from '../option-values.js';
import { renderMove } from '../render/lever-history.js';
import { readRequest } from '../request-options.js';
import { systemUser } from '../system-user.js';

const ofScenario = optimizationRequest.pick({ scenario: true });

/** What a move is about, once its words are read; `chain` is the scenario and what it inherits from. */
interface Move {
  readonly store: LeverStore;
  readonly scenario: string;
  readonly chain: readonly string[];
  readonly expected: string;
  readonly by: string;
  readonly reason: string;
}

interface Chosen {
  /** The stored set to make current. */
  readonly fingerprint: string;
  readonly notices: readonly string[];
}

export const setLevers: Handler = async (context, input) => {
  const values = readAssignments(input.args);
  const { years: yearText, level: levelText, inherit } = input.options;
  if (values.size === 0 && inherit !== true)
    throw refusedOption('<assignment>', '', 'must name a parameter and its value, such as merit_base=.035');
  const years =
    yearText === undefined
      ? undefined
      : readNumbers('--years', requiredText('--years', yearText), 2020, 2060);
  const levels =
    levelText === undefined ? JOB_LEVELS : readNumbers('--level', requiredText('--level', levelText), 1, 5);
  return move(context, input, 'set', async ({ store, scenario, chain, expected, by }) => {
    const stored = await store.load(expected);
    const rows = inherit === true ? await withParentsOfToday(store, chain, stored) : stored;
    const known = new Set(resolveLevers(rows, chain).map(({ fiscal_year }) => fiscal_year));
    const assignment = {
      scenario,
      chain,
      levels,
      values,
      by,
      years: years ?? [...known],
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
  const { rows } = await readFileSet(file);
  return move(context, input, 'import', async ({ store, scenario, chain }) => {
    const held = [...new Set(rows.map(({ scenario_id }) => scenario_id))];
    if (!chain.some((name) => held.includes(name)))
      throw refusedOption(
        '--scenario',
        scenario,
        `must be one that the file has levers for: ${held.join(', ')}`,
      );
    const apart = (await store.scenarios()).filter((name) => name !== scenario && held.includes(name));
    return {
      fingerprint: await store.save(rows),
      notices: apart
        .filter((name) => !chain.includes(name))
        .map((name) => `scenario ${name} has levers of its own, which stay: import with --scenario ${name}`),
    };
  });
};

export const rollbackLevers: Handler = async (context, input) => {
  const { to, steps: stepText } = input.options;
  const steps = wholeNumber('--steps', stepText ?? '1', 1, 1_000_000);
  return move(context, input, 'rollback', async ({ store, scenario }) => {
    const moves = await store.history(scenario);
    const sets = lineage(moves);
    if (to === undefined) {
      const fingerprint = sets.at(-1 - steps);
      if (fingerprint === undefined)
        throw failure('LEVERS_NEVER_MOVED', { scenario, sets: Math.max(0, sets.length - 1) });
      return { fingerprint, notices: [] };
    }
    const fingerprint = await fingerprintOption(store, requiredText('--to', to));
    if (!moves.some((made) => made.from === fingerprint || made.to === fingerprint))
      throw refusedOption('--to', to, `must be a set from the history of scenario ${scenario}`);
    return { fingerprint, notices: [] };
  });
};

/** Reads the words that all moves share, lets `choose` store a set, and swaps it in unless somebody was quicker. */
async function move(
  { config, output, cwd }: CliContext,
  { options }: CommandInput,
  action: LeverAction,
  choose: (about: Move) => Promise<Chosen>,
): Promise<number> {
  const { scenario } = readRequest(ofScenario, options, cwd);
  const reason = requiredText('--reason', options['reason']);
  const by = options['by'] === undefined ? (systemUser() ?? 'unknown') : requiredText('--by', options['by']);
  const store = leverStore(config);
  const chain = inheritance(scenario, await readScenarios(config));
  const expected =
    options['expected'] === undefined
      ? await store.current(scenario)
      : await fingerprintOption(store, requiredText('--expected', options['expected']));
  const { fingerprint, notices } = await choose({ store, scenario, chain, expected, by, reason });
  const record = await store.publish({ scenario, fingerprint, expected, action, by, reason });
  const after = await store.load(fingerprint);
  const before = record === null ? after : await store.load(expected);
  const changes = leverChanges(asSeenBy(scenario, chain, before), asSeenBy(scenario, chain, after));
  const warnings = leverWarnings(resolveLevers(after, chain)).map(({ message }) => message);
  const document = { scenario, moved: record !== null, lever_set: fingerprint, previous: expected };
  output.show({ ...document, move: record, changes, warnings, notices }, (style) =>
    renderMove({ scenario, fingerprint, record, changes, notes: [...notices, ...warnings] }, style),
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
