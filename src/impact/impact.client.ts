/** What levers would do, answered in the caller's own process; the simulator is loaded with the first question. */
import type { Config } from '../config.js';
import type { ImpactReport, ImpactRequestInput } from './impact.contract.js';
import type { ImpactAnalyser } from '../dependencies.js';
import { createLogger, type Logger } from '../shared/log.js';

export interface ImpactCall {
  /** Ends the simulations; the call then rejects with CANCELLED. What is finished is kept. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface LocalImpact {
  ask(request: ImpactRequestInput, options: ImpactCall): Promise<ImpactReport>;
  close(): Promise<void>;
}

export function createLocalImpact(config: Config, logger: Logger = createLogger(config)): LocalImpact {
  let opened: Promise<ImpactAnalyser> | undefined;
  const open = async (): Promise<ImpactAnalyser> => {
    const { createImpactAnalyser } = await import('../dependencies.js');
    return createImpactAnalyser(config, logger);
  };
  return {
    async ask(request, options) {
      opened ??= open();
      return (await opened).analyse(request, options);
    },
    async close() {
      await (await opened)?.close();
    },
  };
}
