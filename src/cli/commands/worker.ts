/** `worker`: works on the runs of a home folder until Ctrl-C. */
import type { Handler } from '../context.js';
import { startWorker } from '../in-process-worker.js';
import { abandonServer } from '../../temporal/embedded-server.js';
import { untilInterrupted } from '../interrupt.js';

export const worker: Handler = async ({ config, logger, output }) => {
  const running = await startWorker(config, logger);
  try {
    const document = {
      address: running.address,
      ui_address: running.uiAddress ?? null,
      task_queue: config.taskQueue,
      home: config.home,
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
    await Promise.race([interrupted, running.stopped]);
  } finally {
    await running.close();
  }
  return 0;
};
