/** The options of `optimize` and `simulate`, made from the request schemas: one definition of each rule. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import type { OptimizationRequest } from '../runs/request.contract.js';
import { acceptedValues, brokenRule } from '../shared/contract/rule.contract.js';
import { failure } from '../shared/errors/errors.js';
import { own } from '../shared/own.terms.js';

type RequestKey = keyof OptimizationRequest;

/** Placeholder and purpose of each option; type, range and default come from the schema, or from where `preset` says. */
const TEXT: Readonly<Record<RequestKey, readonly [placeholder: string, purpose: string, preset?: string]>> = {
  census: ['file', 'company to start from, CSV or Parquet', 'the sample company'],
  levers: ['file', 'lever file for this run alone', 'the current set of the scenario'],
  scenario: ['name', 'scenario whose levers are used'],
  target: ['percent', 'growth to reach'],
  target_mode: ['mode', 'what must meet the target: the mean over the years, each year, or the last one'],
  metric: ['name', 'how growth is measured'],
  statuses: ['list', 'people that count, by detailed status'],
  tolerance: ['pp', 'allowed distance from the target'],
  max_iterations: ['n', 'most sets of levers to try'],
  strategy: ['name', 'path on which levers move'],
  tune: ['list', 'parameters that may move'],
  years: ['first-last', 'plan years, such as 2025-2029', 'of the workforce settings'],
  seed: ['n', 'random seed', 'of the workforce settings'],
  seeds: ['n', 'tune on the mean over this many seeds, judge the levers on 20 others', '1'],
  apply: ['when', 'make the tuned levers current'],
  approvers: ['list', 'who may decide, with --apply after-approval', 'anyone but who asks'],
  approval_expires: ['duration', 'keep the levers without a decision by then, such as 72h', 'no limit'],
  approval_reminder: ['duration', 'remind the approvers so often, such as 24h', 'never'],
  targets: ['file', 'several targets, caps and floors, CSV or JSON'],
  limits: ['file', 'bounds of single levers, and rows to hold, JSON'],
  engine: ['name', 'what runs the dbt models'],
  id: ['key', 'name of the run', 'made from the time'],
  requested_by: ['who', 'who asks, for the record'],
};

const FILE_KEYS: readonly RequestKey[] = ['census', 'levers', 'targets', 'limits'];

const isRequestKey = (key: string): key is RequestKey => Object.hasOwn(TEXT, key);
const requestKeys = (schema: z.ZodObject): RequestKey[] => Object.keys(schema.shape).filter(isRequestKey);
const flag = (key: string): string => `--${key.replaceAll('_', '-')}`;
const field = (schema: z.ZodObject, key: string): z.ZodType => own(schema.shape, key) as z.ZodType;

/** Adds one long option for each key of `schema`, in the order of {@link TEXT}. */
export function addRequestOptions(command: Command, schema: z.ZodObject): Command {
  for (const key of Object.keys(TEXT).filter((name) => Object.hasOwn(schema.shape, name))) {
    if (isRequestKey(key))
      command.addOption(new Option(`${flag(key)} <${TEXT[key][0]}>`, describe(schema, key)));
  }
  return command;
}

function describe(schema: z.ZodObject, key: RequestKey): string {
  const { default: preset } = z.toJSONSchema(field(schema, key), { io: 'input' });
  const accepted = acceptedValues(field(schema, key));
  const shown = TEXT[key][2] ?? (Array.isArray(preset) ? preset.join(',') : preset);
  return [
    TEXT[key][1],
    accepted ? `: ${accepted.replace(/^(one of|an?( list of)?) /, '').replace('list of ', '')}` : '',
    shown === undefined ? '' : ` (default: ${typeof shown === 'string' ? shown : JSON.stringify(shown)})`,
  ].join('');
}

/**
 * The typed request of a command line; relative paths become absolute.
 * @param options as commander gives them: camelCase keys, text values.
 * @throws MeritloopError REQUEST_INVALID naming option, value and rule; FILE_MISSING.
 */
export function readRequest<Schema extends z.ZodObject>(
  schema: Schema,
  options: Readonly<Record<string, unknown>>,
  cwd: string,
): z.output<Schema> {
  const input: Record<string, unknown> = {};
  for (const key of requestKeys(schema)) {
    const text = own(options, camelCase(key));
    if (typeof text === 'string')
      input[key] = FILE_KEYS.includes(key) ? absolute(text, cwd) : typed(field(schema, key), text);
  }
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    const { field: key, value, rule } = brokenRule(schema, parsed.error, input);
    throw failure('REQUEST_INVALID', {
      source: 'command line',
      field: flag(key),
      value,
      rule: listRule(rule),
    });
  }
  for (const key of FILE_KEYS) {
    const file = input[key];
    if (typeof file === 'string' && !existsSync(file))
      throw failure('FILE_MISSING', { source: flag(key), path: file });
  }
  return parsed.data;
}

/** Text of the command line as the schema's type; what does not convert stays text for the schema to refuse. */
function typed(schema: z.ZodType, text: string): unknown {
  const { type } = z.toJSONSchema(schema, { io: 'input' });
  if (type === 'array') return text.split(',').map((entry) => entry.trim());
  if (type !== 'number' && type !== 'integer') return text;
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? text : value;
}

const absolute = (text: string, cwd: string): string => (text === '' ? '' : path.resolve(cwd, text));
const camelCase = (key: string): string =>
  key.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const listRule = (rule: string): string =>
  rule.replace('must be a list of', 'must be a list, with commas, of');
