/**
 * Temporal's own web page behind a guard. The server's program shows it to whoever asks, under any name; it stands on a
 * loopback address that nobody else is told, and what the guard lets through is asked under this page's own name.
 */
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export interface GuardedPage {
  /** Where the guard listens, on 127.0.0.1. */
  readonly port: number;
  /** Where the page stands. */
  readonly behind: { readonly host: string; readonly port: number };
}

const READ_ONLY: readonly (string | undefined)[] = ['GET', 'HEAD'];

/** Not yet listening. */
export const createPageGuard = (page: GuardedPage): Server =>
  createServer((asked, answer) => {
    const refusal = refusalOf(asked, page.port);
    if (refusal === null) forward(asked, answer, page);
    else end(answer, 403, refusal);
  });

/** Null: let it through. */
function refusalOf({ method, headers }: IncomingMessage, port: number): string | null {
  const names = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  if (!names.includes(headers.host ?? '')) return `This page is at http://127.0.0.1:${port} alone.`;
  if (READ_ONLY.includes(method)) return null;
  return names.some((name) => headers.origin === `http://${name}`)
    ? null
    : 'Changes are taken from this page itself; programs use gRPC or the command line.';
}

function forward(asked: IncomingMessage, answer: ServerResponse, { behind }: GuardedPage): void {
  const { origin, ...headers } = asked.headers;
  const own = `${behind.host}:${behind.port}`;
  const passed = request(
    {
      ...behind,
      method: asked.method,
      path: asked.url,
      headers: { ...headers, host: own, ...(origin === undefined ? {} : { origin: `http://${own}` }) },
    },
    (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    },
  );
  passed.once('error', () => end(answer, 502, 'The Temporal server does not answer.'));
  answer.once('close', () => passed.destroy());
  asked.pipe(passed);
}

function end(answer: ServerResponse, status: number, text: string): void {
  if (!answer.headersSent) answer.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  answer.end(`${text}\n`);
}
