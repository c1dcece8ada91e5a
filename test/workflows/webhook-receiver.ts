/** A server on a free port that keeps the JSON that it is sent, and answers with the status that it is told. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WebhookReceiver<Body> {
  readonly address: string;
  readonly heard: readonly Body[];
  /** Status of its answers; 200 at first. */
  status: number;
  close(): void;
}

export async function startReceiver<Body>(): Promise<WebhookReceiver<Body>> {
  const heard: Body[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      heard.push(JSON.parse(body) as Body);
      response.writeHead(receiver.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: WebhookReceiver<Body> = {
    address: `http://127.0.0.1:${port}/secret`,
    heard,
    status: 200,
    close: () => void server.close(),
  };
  return receiver;
}
