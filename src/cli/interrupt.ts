/** Ctrl-C and SIGTERM: the first asks the work to end, the second ends the process at once. */
import { once } from 'node:events';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** As for a run that was cancelled (design.md 2). */
const CANCELLED = 5;

export interface Interrupt {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Gives the signals back to the system. */
  release(): void;
}

/** @param onFirst told of the first signal, to say what is awaited. */
export function listenForInterrupt(onFirst: () => void): Interrupt {
  const controller = new AbortController();
  const listener = (): void => {
    if (controller.signal.aborted) process.exit(CANCELLED);
    controller.abort();
    onFirst();
  };
  for (const name of SIGNALS) process.on(name, listener);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of SIGNALS) process.off(name, listener);
    },
  };
}

/** Keeps the process alive until the first Ctrl-C or SIGTERM. */
export async function untilInterrupted(onFirst: () => void): Promise<void> {
  const interrupt = listenForInterrupt(onFirst);
  const alive = setInterval(() => undefined, 60_000);
  try {
    if (!interrupt.signal.aborted) await once(interrupt.signal, 'abort');
  } finally {
    clearInterval(alive);
    interrupt.release();
  }
}
