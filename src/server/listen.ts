/** Listens on one address, and stops without cutting off what is under way. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createProbe, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { failure, type MeritloopError } from '../shared/errors/errors.js';

export interface Address {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

export interface Listening {
  readonly port: number;
  /** `http://127.0.0.1:4680` */
  readonly url: string;
  /** Takes no more requests, waits a moment for those under way, then ends their connections. */
  close(): Promise<void>;
}

const GRACE_MS = 2000;

/** Tells early whether the address can be listened on. @throws MeritloopError PORT_IN_USE, ADDRESS_UNUSABLE */
export async function requireFree(address: Address): Promise<void> {
  const probe = createProbe();
  probe.listen(address.port, address.host);
  await once(probe, 'listening').catch((error: unknown) => {
    throw explainListening(address, error);
  });
  probe.close();
  await once(probe, 'close');
}

/** @throws MeritloopError PORT_IN_USE, ADDRESS_UNUSABLE */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  address: Address,
): Promise<Listening> {
  const server = createAdaptorServer({ fetch, createServer }) as Server;
  server.listen(address.port, address.host);
  await once(server, 'listening').catch((error: unknown) => {
    throw explainListening(address, error);
  });
  const { port } = server.address() as AddressInfo;
  const name = address.host.includes(':') ? `[${address.host}]` : address.host;
  return {
    port,
    url: `http://${name}:${port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await Promise.race([closed, sleep(GRACE_MS, undefined, { ref: false })]);
      server.closeAllConnections();
      await closed;
    },
  };
}

function explainListening({ host, port }: Address, error: unknown): MeritloopError {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'EADDRINUSE'
    ? failure('PORT_IN_USE', { host, port }, error)
    : failure('ADDRESS_UNUSABLE', { host, port, reason: message }, error);
}
