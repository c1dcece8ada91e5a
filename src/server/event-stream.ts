/** A feed as server-sent events. */
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { ApiEnv } from './api.js';
import type { ServerContext } from './context.js';
import type { FeedSource } from './feeds.js';
import { explained, problemOf } from './problem.js';

/** Keeps proxies and browsers from taking a quiet stream for a dead one. */
const BEAT_MS = 15_000;
/** How long a browser waits before it connects again. */
const RETRY_MS = 1000;

export function eventStreamOf<T extends object>(
  context: Context<ApiEnv>,
  { feeds }: ServerContext,
  key: string,
  source: FeedSource<T>,
  lastId: string | undefined,
): Response {
  context.header('X-Accel-Buffering', 'no');
  return streamSSE(context, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const beat = setInterval(() => void stream.write(': beat\n\n'), BEAT_MS);
    try {
      await stream.write(`retry: ${RETRY_MS}\n\n`);
      for await (const { id, event, data } of feeds.follow(key, source, lastId, gone.signal))
        await stream.writeSSE({ id, event, data });
    } catch (error) {
      const problem = problemOf(explained(error, context.req.path), context.req.path);
      await stream.writeSSE({ event: 'problem', data: JSON.stringify(problem) });
    } finally {
      clearInterval(beat);
    }
  });
}
