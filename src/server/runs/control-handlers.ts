/** Answers the routes that steer runs and decide on their levers. */
import type { RunHandle } from '../../client/meritloop.js';
import { applyRun } from '../../runs/apply-run.js';
import { failure } from '../../shared/errors/errors.js';
import { newApi } from '../api.js';
import type { ServerContext } from '../context.js';
import * as routes from './routes.js';

export const runControlHandlers = ({ config, client }: ServerContext) => {
  /** An open run. Temporal takes a cancellation of a finished one without a word. */
  const openRun = async (id: string): Promise<RunHandle> => {
    const run = await client.getRun(id);
    const listed = (await client.listRuns()).find(({ runId }) => runId === id);
    if (listed?.status !== 'running') throw failure('RUN_FINISHED', { run: id });
    return run;
  };
  const ask = async (id: string, send: (run: RunHandle) => Promise<void>) => {
    await send(await openRun(id));
    return { run_id: id, asked: true as const };
  };
  return newApi()
    .openapi(routes.pauseRun, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(await ask(id, (run) => run.pause()), 202);
    })
    .openapi(routes.resumeRun, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(await ask(id, (run) => run.resume()), 202);
    })
    .openapi(routes.stopRun, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(await ask(id, (run) => run.stopAndKeepBest()), 202);
    })
    .openapi(routes.cancelRun, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(await ask(id, (run) => run.cancel()), 202);
    })
    .openapi(routes.approveRun, async (context) => {
      const { id } = context.req.valid('param');
      const { comment } = context.req.valid('json');
      const by = context.get('caller').user;
      const run = await openRun(id);
      const { applied } = await run.approve({ by, ...(comment === undefined ? {} : { comment }) });
      return context.json({ run_id: id, applied }, 200);
    })
    .openapi(routes.rejectRun, async (context) => {
      const { id } = context.req.valid('param');
      const { comment } = context.req.valid('json');
      const by = context.get('caller').user;
      const run = await openRun(id);
      const { applied } = await run.reject({ by, ...(comment === undefined ? {} : { comment }) });
      return context.json({ run_id: id, applied }, 200);
    })
    .openapi(routes.setMaxIterations, async (context) => {
      const { id } = context.req.valid('param');
      const { max_iterations } = context.req.valid('json');
      const run = await openRun(id);
      await run.setMaxIterations(max_iterations);
      return context.json({ max_iterations }, 200);
    })
    .openapi(routes.applyRun, async (context) => {
      const { id } = context.req.valid('param');
      const { expected, reason, anyway } = context.req.valid('json');
      const mover = context.get('caller');
      const made = await applyRun(config, { run: id, mover, expected, reason, anyway });
      return context.json(made, 200);
    });
};
