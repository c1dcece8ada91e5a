/** `impact`: the effect of levers on growth and payroll, in this process, without Temporal. */
import type { Config } from '../../config.js';
import { jobLevels } from '../../levers/job-levels.js';
import {
  HEAT_MAPS,
  impactRequest,
  type ImpactReport,
  type ImpactRequestInput,
} from '../../impact/impact.contract.js';
import { leverStore } from '../../levers/open.js';
import type { CliContext, CommandInput, Handler } from '../context.js';
import { listenForInterrupt } from '../interrupt.js';
import { namedSet } from '../levers/lever-source.js';
import { readAssignments, yearsAndLevels } from '../levers/lever-words.js';
import { refusedOption, requiredText } from '../option-values.js';
import { bar, startProgress } from '../progress.js';
import { renderImpact } from './render.js';
import { readRequest } from '../request-options.js';

const named = impactRequest.omit({ years: true, requested_by: true, target_mode: true });
const MODES = ['average', 'final-year'] as const;

export const impact: Handler = async (context, input) => {
  const request = await readQuestion(context, input);
  const report = await analyse(context, request);
  context.output.show(report, (style) => renderImpact(report, style));
  return 0;
};

async function readQuestion(
  { config, cwd }: CliContext,
  { args, options }: CommandInput,
): Promise<ImpactRequestInput> {
  const base = readRequest(named, options, cwd);
  const values = readAssignments(args);
  const { planYears } = options;
  const chosen = yearsAndLevels(options, jobLevels(config).length);
  if (values.size === 0 && Object.keys(chosen).length > 0)
    throw refusedOption('<assignment>', '', 'must be there where --years or --level choose what it changes');
  const assignments = [...values].map(([parameter_name, parameter_value]) => ({
    parameter_name,
    parameter_value,
    ...chosen,
  }));
  const proposed = options['proposed'];
  const store = leverStore(config);
  return {
    ...base,
    ...(assignments.length === 0 ? {} : { assignments }),
    ...(planYears === undefined
      ? {}
      : { years: readRequest(impactRequest.pick({ years: true }), { years: planYears }, cwd).years }),
    ...(proposed === undefined
      ? {}
      : {
          proposed: await fingerprintOf(
            config,
            store,
            requiredText('--proposed', proposed),
            base.scenario,
            cwd,
          ),
        }),
    target_mode: oneOf('--target-mode', options['targetMode'], MODES, 'average'),
    heat_map: oneOf('--heat-map', options['heatMap'], HEAT_MAPS, 'none'),
    sensitivities: options['sensitivities'] !== false,
  };
}

/** A file's levers are stored, so that what was compared can be told later. */
async function fingerprintOf(
  config: Config,
  store: ReturnType<typeof leverStore>,
  name: string,
  scenario: string,
  cwd: string,
): Promise<string> {
  const { rows, lever_set } = await namedSet(config, store, name, scenario, cwd);
  return lever_set ?? store.save(rows);
}

function oneOf<Choice extends string>(
  option: string,
  text: unknown,
  choices: readonly Choice[],
  preset: Choice,
): Choice {
  if (text === undefined) return preset;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw refusedOption(option, text, `must be one of ${choices.join(', ')}`);
  return found;
}

async function analyse(
  { config, logger, output }: CliContext,
  request: ImpactRequestInput,
): Promise<ImpactReport> {
  const { createImpactAnalyser } = await import('../../dependencies.js');
  const analyser = createImpactAnalyser(config, logger);
  const interrupt = listenForInterrupt(() => output.log('ending; finished simulations are kept'));
  const progress = startProgress(output);
  try {
    return await analyser.analyse(request, {
      signal: interrupt.signal,
      onProgress: ({ done, total }) =>
        progress.update({
          lines: [`simulations ${bar(done, total)}`],
          news: done % 10 === 0 || done === total ? `${done} of ${total} simulated` : '',
        }),
    });
  } finally {
    progress.end();
    interrupt.release();
    await analyser.close();
  }
}
