/** `worker`: works on the runs of a home folder until Ctrl-C. */
import type { Handler } from '../context.js';
import { startCompanyWorkers } from './company-workers.js';
import { startWorker } from './in-process-worker.js';
import { abandonServer } from '../../temporal/embedded-server.js';
import { untilInterrupted } from '../interrupt.js';
import type { ReconcileReport } from '../../assets/automation/asset-schedules.client.js';
import type { CliContext } from '../context.js';
import { withClient } from '../session.js';

export const worker: Handler = async (context) => {
  const { config, logger, output } = context;
  const running = await startWorker(config, logger);
  const others = startCompanyWorkers(config, logger);
  try {
    const schedules = await declareSchedules(context);
    const document = {
      address: running.address,
      ui_address: running.uiAddress ?? null,
      task_queue: config.taskQueue,
      home: config.home,
      schedules,
    };
    output.show(document, (style) =>
      [
        `Working on task queue ${style.bold(config.taskQueue)} of ${running.address}`,
        `Home:                 ${config.home}`,
        ...(running.uiAddress === undefined ? [] : [`Temporal's web page:  ${running.uiAddress}`]),
        'Ctrl-C lets the activities at work end and gives the server back.',
      ].join('\n'),
    );
    const interrupted = untilInterrupted(
      () => output.log('finishing what is at work (again to end at once)'),
      () => abandonServer(config),
    );
    await Promise.race([interrupted, running.stopped, others.stopped]);
  } finally {
    await others.close();
    await running.close();
  }
  return 0;
};

/** A worker that starts is a deployment: the schedules of assets become what its code declares. Without them it works all the same. */
async function declareSchedules(context: CliContext): Promise<ReconcileReport | null> {
  try {
    return await withClient(context, { worker: false }, (client) => client.automation.reconcile());
  } catch (error) {
    context.logger.warn({ err: error }, 'the schedules of assets could not be declared');
    return null;
  }
}
