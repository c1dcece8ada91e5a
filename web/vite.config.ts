/** How the page is built: into dist/web, charts and graph in chunks of their own. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // The charts are one chunk of about 600 kB, fetched only by pages with charts.
    chunkSizeWarningLimit: 900,
  },
  worker: { format: 'es' },
});
