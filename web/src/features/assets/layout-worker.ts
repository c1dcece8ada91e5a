/** Lays the graph out beside the page, so that it never freezes. */
import { layOut, type LayoutRequest } from './layout.js';

self.addEventListener('message', ({ data }: MessageEvent<{ id: number; request: LayoutRequest }>) => {
  self.postMessage({ id: data.id, layout: layOut(data.request) });
});
