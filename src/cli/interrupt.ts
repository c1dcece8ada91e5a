/** Ctrl-C and SIGTERM: the first asks the work to end, the second ends the process at once. */
import { once } from 'node:events';
import { endProcess } from './end-process.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** As for a run that was cancelled. */
const CANCELLED = 5;

export interface Interrupt {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Gives the signals back to the system. */
  release(): void;
}

/**
 * @param onFirst told of the first signal, to say what is awaited.
 * @param onSecond gives back what outlives the process; the third signal does not wait for it.
 */
export function listenForInterrupt(
  onFirst: () => void,
  onSecond: () => Promise<void> = async () => {},
): Interrupt {
  const controller = new AbortController();
  const end = (): void => void endProcess(CANCELLED);
  let ending = false;
  const listener = (): void => {
    if (ending) end();
    if (controller.signal.aborted) {
      ending = true;
      void onSecond().then(end, end);
      return;
    }
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

/** Keeps the process alive until the first Ctrl-C or SIGTERM; a second one is heeded while the command then ends. */
export async function untilInterrupted(onFirst: () => void, onSecond?: () => Promise<void>): Promise<void> {
  const { signal } = listenForInterrupt(onFirst, onSecond);
  const alive = setInterval(() => undefined, 60_000);
  try {
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    clearInterval(alive);
  }
}
