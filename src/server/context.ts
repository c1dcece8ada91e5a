/** What the handlers work on, put together by whoever starts the server. */
import type { MeritloopClient } from '../client/meritloop.js';
import type { Config } from '../config.js';
import type { Logger } from '../shared/log.js';
import type { ResultReader } from '../simulation/results/reader.js';
import type { Access } from './access.js';
import type { Feeds } from './feeds.js';

export interface ServerContext {
  readonly config: Config;
  readonly logger: Logger;
  readonly client: MeritloopClient;
  readonly access: Access;
  readonly results: ResultReader;
  readonly feeds: Feeds;
  readonly limits: UploadLimits;
  /** Release of the product. */
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

export interface UploadLimits {
  readonly censusBytes: number;
  readonly censusRows: number;
}

export const DEFAULT_LIMITS: UploadLimits = { censusBytes: 512 * 1024 * 1024, censusRows: 5_000_000 };
