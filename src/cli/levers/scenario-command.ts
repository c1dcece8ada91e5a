/** `scenario …`: lists, clones, compares and promotes scenarios. */
import {
  cloneScenario,
  compareScenarios,
  listScenarios,
  promoteScenario,
} from '../../levers/own-scenarios.js';
import { leverStore } from '../../levers/open.js';
import type { CommandInput, Handler } from '../context.js';
import { fingerprintOption } from './lever-source.js';
import { requiredText } from '../option-values.js';
import { renderMove } from './render-history.js';
import { renderLeverChanges } from './render.js';
import { left, renderTable } from '../render/table.js';
import { systemUser } from '../system-user.js';

export const listAll: Handler = async ({ config, output }) => {
  const scenarios = await listScenarios(config);
  output.show({ scenarios }, (style) =>
    renderTable(
      [left('scenario'), left('inherits from'), left('set'), left('made in'), left('description')],
      scenarios.map(({ scenario_id, inherits, lever_set, has_own_set, is_own, description }) => [
        scenario_id,
        inherits.slice(1).join(' ← '),
        `${lever_set.slice(0, 12)}${has_own_set ? '' : ' (of default)'}`,
        is_own ? 'the home' : 'the seeds',
        description,
      ]),
      style,
    ),
  );
  return 0;
};

const whoAsks = ({ options }: CommandInput): string =>
  options['by'] === undefined ? (systemUser() ?? 'unknown') : requiredText('--by', options['by']);

export const clone: Handler = async ({ config, output }, input) => {
  const [source, name] = [requiredText('<source>', input.args[0]), requiredText('<name>', input.args[1])];
  const { inherit, description, reason } = input.options;
  const { scenario, move } = await cloneScenario(config, {
    source,
    name,
    inherit: inherit === true,
    description: typeof description === 'string' ? description : '',
    by: whoAsks(input),
    reason: requiredText('--reason', reason),
  });
  output.show({ scenario, move, lever_set: move?.to ?? null }, () =>
    inherit === true
      ? `Scenario ${name} inherits from ${source}.`
      : `Scenario ${name} has the levers of ${source}, and inherits from ${scenario.parent_id ?? 'default'}.`,
  );
  return 0;
};

export const compare: Handler = async ({ config, output }, { args }) => {
  const comparison = await compareScenarios(
    config,
    requiredText('<from>', args[0]),
    requiredText('<to>', args[1]),
  );
  const { from, to, changes } = comparison;
  output.show(comparison, (style) =>
    changes.length === 0
      ? `Scenarios ${from.scenario} and ${to.scenario} have the same values and locks.`
      : [style.bold(`${from.scenario} → ${to.scenario}`), renderLeverChanges(changes, style)].join('\n'),
  );
  return 0;
};

export const promote: Handler = async ({ config, output }, input) => {
  const [source, target] = [requiredText('<source>', input.args[0]), requiredText('<target>', input.args[1])];
  const { reason, approvedBy, expected } = input.options;
  const { lever_set, previous, move, changes } = await promoteScenario(config, {
    source,
    target,
    by: whoAsks(input),
    approved_by: requiredText('--approved-by', approvedBy),
    reason: requiredText('--reason', reason),
    expected:
      expected === undefined
        ? undefined
        : await fingerprintOption(leverStore(config), requiredText('--expected', expected)),
  });
  output.show(
    { source, scenario: target, moved: move !== null, lever_set, previous, move, changes },
    (style) =>
      renderMove({ scenario: target, fingerprint: lever_set, record: move, changes, notes: [] }, style),
  );
  return 0;
};
