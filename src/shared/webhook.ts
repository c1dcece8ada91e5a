/** Posts JSON to an address that an operator has configured. */
import { failure } from './errors/errors.js';

export interface Webhook {
  readonly address: string;
  /** What cannot be sent, as the error says it, such as `the alert`. */
  readonly what: string;
  /** The variable that holds the address. */
  readonly variable: string;
}

const PATIENCE_MS = 10_000;

/** @throws MeritloopError WEBHOOK_FAILED where the address does not answer, or not with 2xx */
export async function postJson({ address, what, variable }: Webhook, body: unknown): Promise<void> {
  // The rest of the address may hold a secret.
  const told = { what, variable, address: new URL(address).host };
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((error: unknown) => {
    throw failure('WEBHOOK_FAILED', { ...told, detail: String(error) }, error);
  });
  if (!response.ok) throw failure('WEBHOOK_FAILED', { ...told, detail: `status ${response.status}` });
}
