/** `server` keeps the embedded Temporal server up while it runs; `server stop` stops it whoever uses it. */
import { failure } from '../../shared/errors/errors.js';
import { abandonServer, acquireServer, stopServer } from '../../temporal/embedded-server.js';
import type { CliContext, Handler } from '../context.js';
import { untilInterrupted } from '../interrupt.js';

export const serve: Handler = async (context) => {
  const { config, logger, output } = context;
  refuseOutsideServer(context, 'meritloop server');
  const lease = await acquireServer(config, logger);
  try {
    output.show({ address: lease.address, ui_address: lease.uiAddress ?? null, home: config.home }, (style) =>
      [
        `Temporal's web page:  ${style.bold(lease.uiAddress ?? 'unknown')}`,
        `Address for clients:  ${lease.address}`,
        `Home:                 ${config.home}`,
        'Ctrl-C gives the server back; it ends when nobody else uses it.',
      ].join('\n'),
    );
    await untilInterrupted(
      () => output.log('giving the server back'),
      () => abandonServer(config),
    );
  } finally {
    await lease.release();
  }
  return 0;
};

export const stop: Handler = async (context) => {
  refuseOutsideServer(context, 'meritloop server stop');
  const stopped = await stopServer(context.config);
  context.output.show({ stopped, home: context.config.home }, () =>
    stopped ? 'The embedded server has been stopped.' : `No embedded server runs for ${context.config.home}.`,
  );
  return 0;
};

function refuseOutsideServer({ config }: CliContext, command: string): void {
  if (config.temporalAddress === undefined) return;
  const problem = `TEMPORAL_ADDRESS = ${config.temporalAddress} names an outside server, which is not started or stopped here; unset it to use the embedded one.`;
  throw failure('COMMAND_LINE_INVALID', { command, problem });
}
