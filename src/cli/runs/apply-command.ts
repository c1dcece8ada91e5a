/** `runs apply`: makes the levers of a finished run current. Works on the home alone; nothing is started. */
import { atHome } from '../../levers/move-policy.pure.js';
import { leverStore } from '../../levers/open.js';
import { applyRun } from '../../runs/apply-run.js';
import type { Handler } from '../context.js';
import { fingerprintOption } from '../levers/lever-source.js';
import { renderMove } from '../levers/render-history.js';
import { requiredText } from '../option-values.js';

export const apply: Handler = async ({ config, output }, { args, options }) => {
  const { expected } = options;
  const made = await applyRun(config, {
    run: requiredText('<id>', args[0]),
    mover: atHome(requiredText('--by', options['by'])),
    reason: requiredText('--reason', options['reason']),
    anyway: options['anyway'] === true,
    expected:
      expected === undefined
        ? undefined
        : await fingerprintOption(leverStore(config), requiredText('--expected', expected)),
  });
  const warnings = made.warnings.map(({ message }) => message);
  output.show({ ...made, warnings }, (style) =>
    renderMove(
      {
        scenario: made.scenario,
        fingerprint: made.lever_set,
        record: made.move,
        changes: made.changes,
        notes: [...made.notices, ...warnings],
      },
      style,
    ),
  );
  return 0;
};
