/** `assets …`: the asset graph on the command line. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hash } from '../../assets/record-steps.js';
import { planRequestOf } from '../../assets/plan-run.js';
import { optimizationRequest } from '../../runs/request.contract.js';
import { drawMermaid, drawSvg, drawText, type Drawing } from '../../assets/graph/draw.js';
import { partitionKeys } from '../../assets/graph/partitions.js';
import { planAssets } from '../../assets/graph/plan.js';
import { statusesOfStep } from '../../assets/graph/status.js';
import { stepId } from '../../assets/graph/steps.js';
import { assetRequest, withAssets, type AssetSession } from './session.js';
import type { AssetEvent, StoredEvent } from '../../assets/graph/catalog-port.js';
import { showCheckedAgain } from './check-again-command.js';
import type { CommandInput, Handler } from '../context.js';
import { listenForInterrupt } from '../interrupt.js';
import { wholeNumber } from '../option-values.js';
import { startProgress } from '../progress.js';
import {
  materializationState,
  renderAssets,
  renderChecks,
  renderEvents,
  renderMaterialization,
  renderPlan,
  renderStatus,
} from './render.js';
import { withClient } from '../session.js';
import { own } from '../../shared/own.terms.js';

export const listAssets: Handler = (context, input) =>
  withAssets(context, input, async ({ seen, keys, statuses }) => {
    const assets = keys.flatMap((key) => {
      const spec = seen.graph.assets.get(key);
      if (spec === undefined) return [];
      const { description, group, kinds, owners, tags, deps, checks, external, partitions, computation } =
        spec;
      return {
        key,
        description,
        group,
        kinds,
        owners,
        tags,
        deps: deps.map((edge) => ({ key: edge.key, mapping: edge.mapping })),
        partitions: partitions === null ? null : partitionKeys(partitions, seen.world.dynamic),
        checks,
        external,
        computation: external ? null : computation.name,
        status: statuses.get(key) ?? [],
      };
    });
    context.output.show({ assets }, (style) => renderAssets(assets, style));
    return 0;
  });

const DRAW: Readonly<Record<string, (drawing: Drawing) => string>> = {
  text: drawText,
  mermaid: drawMermaid,
  svg: drawSvg,
};

export const drawAssets: Handler = (context, input) =>
  withAssets(context, input, async ({ seen, keys, statuses }) => {
    const { format: given } = input.options;
    const format = typeof given === 'string' ? given : 'text';
    const drawing = { graph: seen.graph, keys, statusOf: (key: string) => [...(statuses.get(key) ?? [])] };
    const text = (own(DRAW, format) ?? drawText)(drawing);
    const { out } = input.options;
    if (typeof out !== 'string') {
      context.output.show({ format, drawing: text }, () => text);
      return 0;
    }
    const file = path.resolve(context.cwd, out);
    await writeFile(file, `${text}\n`);
    context.output.show({ format, file }, () => `Drawn: ${file}`);
    return 0;
  });

export const planAssetRun: Handler = (context, input) =>
  withAssets(context, input, async ({ seen, request, now }) => {
    const { steps } = planAssets(seen.graph, seen.world, planRequestOf(seen, request, now), hash);
    const shown = steps.map(({ key, partition, action, reasons }) => ({ key, partition, action, reasons }));
    context.output.show({ steps: shown }, (style) => renderPlan(shown, style));
    return 0;
  });

export const materialize: Handler = (context, input) => {
  const request = assetRequest(context, input);
  return withClient(context, { worker: true }, async (client) => {
    const run = await client.materialize(request);
    const interrupt = listenForInterrupt(() => {
      context.output.log('cancelling; what is made is kept (Ctrl-C again ends at once)');
      run
        .cancel()
        .catch((error: unknown) => context.logger.error({ err: error }, 'the run could not be cancelled'));
    });
    const progress = startProgress(context.output);
    try {
      const result = await run.follow((seen) => progress.update(materializationState(seen)));
      progress.end();
      context.output.show(result, (style) => renderMaterialization(result, style));
      return 0;
    } finally {
      progress.end();
      interrupt.release();
    }
  });
};

/** The latest verdicts; with `--history` those before them too, the newest first. The exit code goes by the latest. */
export const checkAssets: Handler = (context, input) =>
  withAssets(context, input, async (session) => {
    if (input.options['again'] === true) return showCheckedAgain(context, await session.checkAgain());
    const selected = new Set(session.keys);
    const latest = session.seen.world.latest
      .filter(({ asset }) => selected.has(asset))
      .flatMap((state) => state.checks);
    const past = input.options['history'] === true ? await eventsOf(session, input, ['check']) : undefined;
    const shown = past?.flatMap(({ event }) => (event.kind === 'check' ? [event] : [])) ?? latest;
    const checks = shown.map(
      ({ asset, partition, check, passed, severity, blocking, run, recorded_at, metadata }) => ({
        asset,
        partition,
        check,
        passed,
        severity,
        blocking,
        run,
        evaluated_at: recorded_at,
        metadata,
      }),
    );
    context.output.show({ checks }, (style) => renderChecks(checks, style));
    return latest.some(({ passed, severity }) => !passed && severity === 'error') ? 1 : 0;
  });

/** The catalog knows one asset's at once; the newest of several are mixed. The newest first. */
async function eventsOf(
  { catalog, keys, seen }: AssetSession,
  { options }: CommandInput,
  kinds?: readonly AssetEvent['kind'][],
): Promise<StoredEvent[]> {
  const limit = wholeNumber('--limit', options['limit'], 1, 10_000);
  const query = { limit, ...(kinds === undefined ? {} : { kinds }) };
  const all = keys.length === seen.graph.assets.size;
  const found = all
    ? await catalog.history(query)
    : (await Promise.all(keys.map((asset) => catalog.history({ ...query, asset })))).flat();
  return found.toSorted((a, b) => b.sequence - a.sequence).slice(0, limit);
}

export const assetHistory: Handler = (context, input) =>
  withAssets(context, input, async (session) => {
    const found = await eventsOf(session, input);
    const events = found.map(({ sequence, event }) => ({ sequence, ...event }));
    context.output.show({ events }, (style) => renderEvents(events, style));
    return 0;
  });

export const assetStatus: Handler = (context, input) =>
  withAssets(context, input, async (session) => {
    const steps = statusRows(session);
    context.output.show({ steps }, (style) => renderStatus(steps, style));
    return 0;
  });

function statusRows({ seen, keys, now }: AssetSession) {
  const selected = new Set(keys);
  const states = new Map(seen.world.latest.map((state) => [stepId(state.asset, state.partition), state]));
  return seen.outlook
    .filter(({ key }) => selected.has(key))
    .flatMap(({ id, key, partition, action, reasons }) => {
      const spec = seen.graph.assets.get(key);
      const state = states.get(id);
      if (spec === undefined) return [];
      return {
        key,
        partition,
        status: statusesOfStep(spec, state, action !== 'reuse', now),
        made_at: state?.materialization?.recorded_at ?? null,
        run: state?.materialization?.run ?? null,
        data_version: state?.materialization?.data_version ?? null,
        outlook: { action, reasons },
      };
    });
}

/** Only what was asked is in it: everything left out keeps its default where it runs. */
export const launchConfig: Handler = async (context, input) => {
  const { select, partitions, force, config } = assetRequest(context, input);
  const { taskQueue } = context.config;
  const launch = {
    type: 'materializeAssets',
    task_queue: taskQueue,
    workflow_id: 'materialize/<key>',
    input: { select, ...(partitions === undefined ? {} : { partitions }), force, config },
    config_example: optimizationRequest.parse({}),
    command: `temporal workflow start --type materializeAssets --task-queue ${taskQueue} --workflow-id materialize/my-run --input '${JSON.stringify({ select, config })}'`,
  };
  context.output.show(launch, () => JSON.stringify(launch, null, 2));
  return 0;
};
