/** The layout of a graph, made by the worker and kept by what it was made from. */
import { useQuery } from '@tanstack/react-query';
import type { Layout, LayoutRequest } from './layout.js';

interface Waiting {
  readonly resolve: (layout: Layout) => void;
  readonly reject: (error: Error) => void;
}

/** Started with the first layout; one for all of them. */
function createLayouter(): (request: LayoutRequest) => Promise<Layout> {
  const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<{ id: number; layout: Layout }>) => {
    waiting.get(data.id)?.resolve(data.layout);
    waiting.delete(data.id);
  });
  worker.addEventListener('error', ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(`the layout failed: ${message}`));
    waiting.clear();
  });
  return (request) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      worker.postMessage({ id: last, request });
    });
}

const layouter: { ask?: (request: LayoutRequest) => Promise<Layout> } = {};

export const useLayout = (request: LayoutRequest) =>
  useQuery({
    queryKey: ['layout', request],
    queryFn: () => (layouter.ask ??= createLayouter())(request),
    staleTime: Infinity,
  });
