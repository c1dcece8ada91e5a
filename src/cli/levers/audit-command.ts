/** `audit`: who changed which lever when, why, from which run and on whose approval. */
import { auditHome } from '../../runs/audit-runs.js';
import { auditFilter } from '../../levers/audit.contract.js';
import { MOST_LEVELS } from '../../levers/lever.contract.js';
import { brokenRule } from '../../shared/contract/rule.contract.js';
import type { Handler } from '../context.js';
import { yearsAndLevels } from './lever-words.js';
import { refusedOption, requiredText } from '../option-values.js';
import { renderAudit } from './render-audit.js';
import { own } from '../../shared/own.terms.js';

const OPTIONS: Readonly<Record<string, string>> = { levels: '--level' };

export const audit: Handler = async ({ config, output }, { options }) => {
  const { scenario, lever, who, run } = options;
  const text = (option: string, value: unknown): string => requiredText(option, value);
  const input = {
    ...(scenario === undefined ? {} : { scenario: text('--scenario', scenario) }),
    ...(lever === undefined
      ? {}
      : {
          lever: text('--lever', lever)
            .split(',')
            .map((name) => name.trim()),
        }),
    ...yearsAndLevels(options, MOST_LEVELS),
    ...(who === undefined ? {} : { who: text('--who', who) }),
    ...(run === undefined ? {} : { run: text('--run', run) }),
  };
  const parsed = auditFilter.safeParse(input);
  if (!parsed.success) {
    const { field, value, rule } = brokenRule(auditFilter, parsed.error, input);
    throw refusedOption(own(OPTIONS, field) ?? `--${field}`, value, rule);
  }
  const entries = await auditHome(config, parsed.data);
  output.show({ filter: parsed.data, entries }, (style) => renderAudit(entries, style));
  return 0;
};
