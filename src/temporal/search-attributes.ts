/** The search attributes of meritloop's runs, and their registration: an unregistered one fails the workflow task for ever. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { NativeConnection } from '@temporalio/worker';
import { failure } from '../shared/errors/errors.js';
import { SEARCH_ATTRIBUTES } from './search-attribute-keys.js';
import { own } from '../shared/own.terms.js';

/** Numbers of Temporal's IndexedValueType. */
const INDEXED_VALUE = { Keyword: 2, Double: 4 } as const;
const VISIBLE_WITHIN_MS = 30_000;

/**
 * Registers what is missing and returns when the server shows all of them. Another worker doing the same is no error.
 * @throws MeritloopError SEARCH_ATTRIBUTE_UNUSABLE when one has another type, or does not appear
 */
export async function registerSearchAttributes(
  connection: NativeConnection,
  namespace: string,
): Promise<void> {
  const deadline = Date.now() + VISIBLE_WITHIN_MS;
  for (let wait = 50; ; wait = Math.min(wait * 2, 1000)) {
    const missing = await listMissing(connection, namespace);
    if (missing.length === 0) return;
    if (Date.now() > deadline)
      throw failure('SEARCH_ATTRIBUTE_UNUSABLE', {
        attribute: missing.map(([name]) => name).join(', '),
        detail: 'registered, but the server does not show it',
      });
    await addAttributes(connection, namespace, missing);
    await sleep(wait);
  }
}

type Attribute = readonly [name: string, type: keyof typeof INDEXED_VALUE];

async function listMissing(connection: NativeConnection, namespace: string): Promise<Attribute[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing: Attribute[] = [];
  for (const [name, type] of Object.entries(SEARCH_ATTRIBUTES)) {
    const known = own(customAttributes, name);
    if (known === undefined) missing.push([name, type]);
    else if (known !== INDEXED_VALUE[type])
      throw failure('SEARCH_ATTRIBUTE_UNUSABLE', { attribute: name, detail: `it exists, but is no ${type}` });
  }
  return missing;
}

async function addAttributes(
  connection: NativeConnection,
  namespace: string,
  missing: Attribute[],
): Promise<void> {
  const searchAttributes = Object.fromEntries(missing.map(([name, type]) => [name, INDEXED_VALUE[type]]));
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (error) {
    // ALREADY_EXISTS: another worker was faster; the next look tells whether the type fits.
    const ALREADY_EXISTS = 6;
    if ((error as { code?: number }).code !== ALREADY_EXISTS) throw error;
  }
}
