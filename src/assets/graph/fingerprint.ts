/** The fingerprint of a materialisation: of all that decides what comes out. */
import type { InputVersion } from './catalog-port.js';
import { own } from '../../shared/own.terms.js';

/** sha256 or the like; passed in, because this code loads nothing of Node.js. */
export type Hash = (text: string) => string;

export interface FingerprintParts {
  readonly asset: string;
  readonly partition: string | null;
  readonly codeVersion: string;
  readonly configVersion: string;
  readonly inputs: readonly InputVersion[];
}

/** The order of the inputs does not count. */
export const fingerprintOf = (
  { asset, partition, codeVersion, configVersion, inputs }: FingerprintParts,
  hash: Hash,
): string =>
  hash(
    JSON.stringify([
      asset,
      partition,
      codeVersion,
      configVersion,
      inputs.map((input) => JSON.stringify([input.asset, input.partition, input.data_version])).toSorted(),
    ]),
  );

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };
export type JsonObject = Readonly<Record<string, JsonValue>>;

/** What counts of an asset's definition. */
interface ConfigFields {
  readonly configFields: readonly string[];
  readonly configDefaults: JsonObject;
}

/** Hash of the fields that an asset's outcome depends on; empty where none is given that differs from its default. */
export function configVersionOf(
  { configFields, configDefaults }: ConfigFields,
  config: JsonObject,
  hash: Hash,
): string {
  const given = configFields
    .filter(
      (field) => own(config, field) !== undefined && !isEqual(own(config, field), own(configDefaults, field)),
    )
    .toSorted();
  return given.length === 0 ? '' : hash(JSON.stringify(given.map((field) => [field, own(config, field)])));
}

const isEqual = (one: JsonValue | undefined, other: JsonValue | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
