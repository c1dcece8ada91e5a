/** `ui`: serves the page and the API until Ctrl-C, with server and worker where none is configured. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { connectMeritloop } from '../../client/meritloop.js';
import { failure } from '../../shared/errors/errors.js';
import { systemAccess, tokenAccess, type Access } from '../../server/access.js';
import { isLoopback } from '../../server/guard.js';
import { requireFree } from '../../server/listen.js';
import { startServer } from '../../server/start.js';
import { parseTokens } from '../../server/tokens.js';
import type { CliContext, CommandInput, Handler } from '../context.js';
import { untilInterrupted } from '../interrupt.js';
import { requiredText, wholeNumber } from '../option-values.js';
import { withClient } from '../session.js';
import { systemUser } from '../system-user.js';
import { version } from '../version.js';
import type { CompanyWorkers } from './company-workers.js';

export const ui: Handler = async (context, input) => {
  const { config, logger, output } = context;
  const { options } = input;
  const address = {
    host: requiredText('--host', options['host']),
    port: wholeNumber('--port', options['port'], 0, 65_535),
  };
  const access = await readAccess(context, input, address.host);
  await requireFree(address);
  const ownWorker = config.temporalAddress === undefined;
  return withClient(context, { worker: ownWorker }, async (client) => {
    const workers = ownWorker ? await workersOfOthers(context) : undefined;
    const server = await startServer({
      ...address,
      config,
      logger,
      client,
      openCompany: async (of) => {
        await workers?.ensure(of);
        return connectMeritloop({ config: of, logger });
      },
      access,
      version: version(),
      allowedHosts: namesIn(options['allowHost']),
    });
    try {
      output.show(
        { url: server.url, port: server.port, home: config.home, temporal_ui: client.uiAddress ?? null },
        (style) =>
          [
            `meritloop:            ${style.bold(server.url)}`,
            ...(client.uiAddress === undefined ? [] : [`Temporal's web page:  ${client.uiAddress}`]),
            `Home:                 ${config.home}`,
            access.needsToken
              ? 'Who asks needs a token.'
              : 'Everybody on this machine may use it, and nobody else.',
            ...(ownWorker ? [] : ['Runs move on while a `meritloop worker` lives.']),
            'Ctrl-C ends it; runs at work go on when a worker comes back.',
          ].join('\n'),
      );
      if (options['open'] === true && process.stdout.isTTY) openBrowser(server.url, context);
      const interrupted = untilInterrupted(() => output.log('ending'));
      await (workers === undefined ? interrupted : Promise.race([interrupted, workers.stopped]));
    } finally {
      await server.close();
      await workers?.close();
    }
    return 0;
  });
};

/** Loaded here: with an outside server nobody works in this process. */
async function workersOfOthers({ config, logger }: CliContext): Promise<CompanyWorkers> {
  const { startCompanyWorkers } = await import('./company-workers.js');
  return startCompanyWorkers(config, logger);
}

/** @throws MeritloopError TOKENS_REQUIRED, TOKENS_INVALID, FILE_MISSING */
async function readAccess(
  { config, cwd }: CliContext,
  { options }: CommandInput,
  host: string,
): Promise<Access> {
  const { tokens, user } = options;
  const file = tokens === undefined ? config.tokensFile : path.resolve(cwd, requiredText('--tokens', tokens));
  if (file !== undefined) return tokenAccess(parseTokens(await readTokens(file), file));
  if (config.tokens !== undefined) return tokenAccess(parseTokens(config.tokens, 'MERITLOOP_TOKENS'));
  if (!isLoopback(host)) throw failure('TOKENS_REQUIRED', { host });
  return systemAccess(user === undefined ? (systemUser() ?? 'unknown') : requiredText('--user', user));
}

async function readTokens(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw failure('FILE_MISSING', { source: 'tokens', path: file }, error);
  }
}

const namesIn = (text: unknown): string[] =>
  typeof text === 'string'
    ? text
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
    : [];

/** The address is printed as well: where nothing opens it, nothing is lost. */
function openBrowser(url: string, { logger }: CliContext): void {
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(program, [url], { stdio: 'ignore', detached: true });
  child.on('error', (error) => logger.info({ err: error }, 'no browser was opened'));
  child.unref();
}
