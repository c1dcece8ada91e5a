/** Requests and responses of scenarios and levers. Values are decimal rates (0.02 = 2 %) or multipliers. */
import { z } from 'zod';
import { leverMoveRecord } from '../../levers/lever-store.contract.js';
import { leverRow, parameterName, jobLevel } from '../../levers/lever.contract.js';
import { planYearsText } from '../../shared/contract/years.contract.js';
import { RUN_ID } from '../../runs/request.contract.js';
import {
  brokenField,
  defaultNumberQuery,
  FINGERPRINT_64,
  leverDifference,
  reason,
  wholeNumberQuery,
} from '../common.contract.js';
import { parameterInfo } from '../system/system.contract.js';

export const scenarioId = z
  .string()
  .regex(RUN_ID, 'must be letters, digits, dot, dash or underscore')
  .describe('Scenario.');

const warning = z.object({
  scenario_id: z.string(),
  fiscal_year: z.int(),
  parameter_name: parameterName,
  average: z.number().describe('Mean over the levels.'),
  message: z.string(),
});

export const scenario = z
  .object({
    scenario_id: z.string(),
    parent_id: z.string().nullable(),
    inherits: z.array(z.string()).describe('The scenario first, then what it inherits from.'),
    description: z.string(),
    lever_set: z.string().describe('Fingerprint of its current set.'),
    has_own_levers: z.boolean().describe('False: its levers move with those of default.'),
  })
  .meta({ id: 'Scenario' });
export const scenarioList = z.object({ scenarios: z.array(scenario) }).meta({ id: 'ScenarioList' });

export const newScenario = z
  .strictObject({
    scenario: scenarioId.describe('Name of the new scenario.'),
    copy_of: scenarioId.default('default').describe('Whose levers it begins with.'),
    reason,
  })
  .meta({ id: 'NewScenario' });

export const leverQuery = z.object({
  scenario: scenarioId.default('default'),
  lever_set: FINGERPRINT_64.optional().describe(
    "Fingerprint of a stored set; default: the scenario's current one.",
  ),
});

const gridRow = leverRow.extend({
  inherited: z.boolean().describe('True: the value comes from another scenario, `scenario_id`.'),
});

export const leverGrid = z
  .object({
    scenario: z.string(),
    inherits: z.array(z.string()),
    lever_set: z.string().describe('Fingerprint; send it as `expected` when you publish.'),
    is_current: z.boolean(),
    last_move: leverMoveRecord.nullable(),
    years: z.array(z.int()),
    parameters: z.array(parameterInfo),
    levers: z.array(gridRow).describe('One row per year, level and parameter, after inheritance.'),
    warnings: z.array(warning),
    notices: z.array(z.string()),
  })
  .meta({ id: 'LeverGrid' });

export const historyQuery = z.object({
  scenario: scenarioId.optional().describe('Default: all scenarios.'),
  limit: defaultNumberQuery(1, 1000, 100, 'Most moves to list.'),
});
export const leverHistory = z
  .object({ moves: z.array(leverMoveRecord).describe('The newest first.') })
  .meta({ id: 'LeverHistory' });

export const cellQuery = z.object({
  scenario: scenarioId.default('default'),
  fiscal_year: wholeNumberQuery(2020, 2060, 'Plan year.'),
  job_level: wholeNumberQuery(1, 5, 'Job level.'),
  parameter_name: parameterName,
});
export const cellHistory = z
  .object({
    values: z
      .array(
        z.object({
          value: z.number().nullable().describe('Null: the set has no such lever.'),
          is_locked: z.boolean(),
          scenario_id: z.string().nullable().describe('Scenario that the value came from.'),
          lever_set: z.string(),
          move: leverMoveRecord.nullable().describe('Who set it, when and why; null for the first import.'),
        }),
      )
      .describe('The newest first; only moves that changed this lever.'),
  })
  .meta({ id: 'CellHistory' });

export const diffQuery = z.object({
  scenario: scenarioId.default('default'),
  from: FINGERPRINT_64.optional().describe('Default: the set before the current one.'),
  to: FINGERPRINT_64.optional().describe('Default: the current set.'),
});
export const leverDiff = z
  .object({ from: z.string(), to: z.string(), changes: z.array(leverDifference) })
  .meta({ id: 'LeverDiff' });

export const draftChange = z
  .strictObject({
    fiscal_year: z.int().min(2020).max(2060),
    job_level: jobLevel,
    parameter_name: parameterName,
    value: z.number().min(-1e6).max(1e6).describe('Decimal rate or multiplier; held to six decimals.'),
  })
  .meta({ id: 'DraftChange' });

const MOST_CHANGES = 2000;
export const draftChanges = z.array(draftChange).max(MOST_CHANGES);

export const leverDraft = z
  .strictObject({
    scenario: scenarioId.default('default'),
    base: FINGERPRINT_64.optional().describe(
      "Set that the draft changes; default: the scenario's current one.",
    ),
    changes: draftChanges,
    years: planYearsText
      .optional()
      .describe('Plan years that are to be simulated, such as 2025-2029: each must have every lever.'),
  })
  .meta({ id: 'LeverDraft' });

export const draftVerdict = z
  .object({
    valid: z.boolean(),
    errors: z.array(brokenField),
    warnings: z.array(warning),
    changes: z.array(leverDifference).describe('What the draft changes in its base.'),
    base: z.string(),
    is_current: z.boolean().describe('False: somebody moved the levers since; publishing will be refused.'),
  })
  .meta({ id: 'DraftVerdict' });

export const leverPublication = z
  .strictObject({
    scenario: scenarioId.default('default'),
    expected: FINGERPRINT_64.describe(
      'Fingerprint that you saw as current; another one there is a conflict (409).',
    ),
    changes: draftChanges.min(1),
    reason,
  })
  .meta({ id: 'LeverPublication' });

export const leverRollback = z
  .strictObject({
    scenario: scenarioId.default('default'),
    expected: FINGERPRINT_64,
    to: FINGERPRINT_64.optional().describe("A set of the scenario's history; default: `steps` back."),
    steps: z.int().min(1).max(1_000_000).default(1),
    reason,
  })
  .meta({ id: 'LeverRollback' });

const MOST_CSV_CHARACTERS = 2_000_000;
const leverCsv = z.string().min(1).max(MOST_CSV_CHARACTERS).describe('Text of a lever file.');

export const leverImportPreview = z
  .strictObject({ scenario: scenarioId.default('default'), csv: leverCsv })
  .meta({ id: 'LeverImportPreview' });
export const leverImport = z
  .strictObject({ scenario: scenarioId.default('default'), csv: leverCsv, expected: FINGERPRINT_64, reason })
  .meta({ id: 'LeverImport' });

export const importVerdict = z
  .object({
    valid: z.boolean(),
    errors: z.array(brokenField).describe('With the line of each.'),
    rows: z.int(),
    scenarios: z.array(z.string()),
    warnings: z.array(warning),
    changes: z.array(leverDifference).describe("Against the scenario's current set."),
    base: z.string(),
  })
  .meta({ id: 'ImportVerdict' });

export const leverMoved = z
  .object({
    scenario: z.string(),
    moved: z.boolean().describe('False: these levers were current already.'),
    lever_set: z.string(),
    previous: z.string(),
    move: leverMoveRecord.nullable(),
    changes: z.array(leverDifference),
    warnings: z.array(warning),
    notices: z.array(z.string()),
  })
  .meta({ id: 'LeverMoved' });
