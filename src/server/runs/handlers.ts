/** Answers the routes that start, list and follow optimisation runs. */
import { createRunStore, type ReportFile, type RunStore } from '../../runs/run-store.js';
import { mayStartUnasked, UNASKED_RULE } from '../../levers/move-policy.pure.js';
import { failure, MeritloopError } from '../../shared/errors/errors.js';
import { renderReport } from '../../runs/render-report.js';
import { runReport, type RunReport } from '../../runs/report.contract.js';
import { checkSupported } from '../../tuning/measure.js';
import { smallestCellOf, type Caller } from '../access.js';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import { eventStreamOf } from '../event-stream.js';
import { given, inputFiles, once } from '../inputs.js';
import { refusedField } from '../refusal.js';
import * as routes from './routes.js';
import { filterRuns, orderRuns, statusesOf } from './find-runs.js';
import { changeMarks, marksOrDamage } from './run-marks.js';
import { isRunOver, RunWatch, requestOf } from './views.js';
import { isAboutAPart, withheldFailure, withheldReport, withheldRun } from './withheld-run.js';
import type { MeritloopClient } from '../../client/meritloop.js';
import { runListingDocument } from '../../runs/list-runs.client.js';
import type { ListedRun } from './runs.contract.js';

export const runHandlers = (server: ServerContext) => {
  const { config, client, results } = server;
  const runs = createRunStore(config.home);
  return newApi()
    .openapi(routes.startRun, async (context) => {
      const { census, lever_set, ...request } = context.req.valid('json');
      const { 'idempotency-key': key } = context.req.valid('header');
      const caller = context.get('caller');
      checkSupported(request);
      if (request.apply === 'on-convergence' && !mayStartUnasked(caller))
        throw refusedField('apply', request.apply, UNASKED_RULE);
      const files = await inputFiles(config, { census, lever_set });
      const asked = { ...given(request), ...files, requested_by: caller.user };
      const run = await once(key, () =>
        client.startOptimization(asked, key === undefined ? {} : { id: key, once: true }),
      );
      return context.json(
        {
          run_id: run.runId,
          workflow_id: run.workflowId,
          joined: run.joined,
          temporal_url: run.url ?? null,
        },
        202,
      );
    })
    .openapi(routes.getRuns, async (context) => {
      const { limit, offset, ids, order, archived, ...filter } = context.req.valid('query');
      const all = await listedRuns(client, runs);
      const named = ids === undefined ? all : all.filter(({ run_id }) => ids.split(',').includes(run_id));
      const smallest = smallestCellOf(config, context.get('caller'));
      const found = orderRuns(
        filterRuns(named, { ...filter, archived: archived === undefined ? undefined : archived === 'true' }),
        order,
      );
      return context.json(
        {
          runs: found
            .slice(offset, offset + limit)
            .map((run) => (smallest > 1 && isAboutAPart(run.request) ? { ...run, final_growth: null } : run)),
          found: found.length,
          total: all.length,
          statuses: statusesOf(all),
          pinned: all.filter(({ marks }) => marks.pinned).map(({ run_id }) => run_id),
        },
        200,
      );
    })
    .openapi(routes.putRunMarks, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(await changeMarks(runs, id, context.req.valid('json')), 200);
    })
    .openapi(routes.getRun, async (context) => {
      const { id } = context.req.valid('param');
      const smallest = smallestCellOf(config, context.get('caller'));
      return context.json(withheldRun(await new RunWatch(config, client, id).look(), smallest), 200);
    })
    .openapi(routes.followRun, async (context) => {
      const { id } = context.req.valid('param');
      const { 'last-event-id': lastId } = context.req.valid('header');
      const watch = new RunWatch(config, client, id);
      // An unknown run is refused as such, not by an event.
      await watch.look();
      const smallest = smallestCellOf(config, context.get('caller'));
      const source = { look: async () => withheldRun(await watch.look(), smallest), isOver: isRunOver };
      // Who may see less has a feed of their own.
      return eventStreamOf(context, server, `run/${id}/${smallest}`, source, lastId);
    })
    .openapi(routes.getReport, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(await shownReport(id, context.get('caller')), 200);
    })
    .openapi(routes.getReportText, async (context) => {
      const { id } = context.req.valid('param');
      const caller = context.get('caller');
      const text =
        smallestCellOf(config, caller) <= 1
          ? await reportFile(id, 'report.md')
          : renderReport(await shownReport(id, caller));
      return context.body(text, 200, {
        'Content-Type': 'text/markdown; charset=utf-8',
      });
    });

  /** @throws MeritloopError FIGURES_WITHHELD */
  async function shownReport(id: string, caller: Caller): Promise<RunReport> {
    const report = runReport.parse(JSON.parse(await reportFile(id, 'report.json')));
    const smallest = smallestCellOf(config, caller);
    if (smallest <= 1) return report;
    const spec = (await runs.record(id))?.spec ?? null;
    if (isAboutAPart(spec === null ? null : { ...spec })) throw withheldFailure(id, smallest);
    return withheldReport(report, (await results.find(report.simulation_id)).summary, smallest);
  }

  /** Written by a workflow of its own right after the end of the run; asked for again where it is not there, or damaged. */
  async function reportFile(id: string, name: ReportFile): Promise<string> {
    const found = await runs.report(id, name);
    if (found !== null) return found;
    const record = await runs.record(id);
    if (record === undefined) throw failure('RUN_UNKNOWN', { run: id });
    if (record.finished_at === null) throw failure('RUN_NOT_FINISHED', { run: id, status: 'running' });
    try {
      await client.summarize(id);
    } catch (error) {
      // It ended with nothing to report.
      if (!(error instanceof MeritloopError) || error.code !== 'RUN_UNKNOWN') throw error;
      throw failure('RUN_NOT_FINISHED', { run: id, status: 'failed' }, error);
    }
    return (await runs.report(id, name)) ?? '';
  }
};

/** How they stand, what was asked, what people noted on them; the latest first. */
async function listedRuns(client: Pick<MeritloopClient, 'listRuns'>, runs: RunStore): Promise<ListedRun[]> {
  const [listed, briefs] = await Promise.all([client.listRuns(), runs.briefs()]);
  const stored = new Map(briefs.map((brief) => [brief.record.run_id, brief]));
  return listed.map((run) => {
    const brief = stored.get(run.runId);
    return {
      ...runListingDocument(run),
      ...marksOrDamage(runs, run.runId, brief?.marks ?? null),
      request: brief === undefined ? null : requestOf(brief.record),
    };
  });
}
