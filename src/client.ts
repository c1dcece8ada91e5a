/** Typed client for other services: `import { connectMeritloop } from 'meritloop/client'`; it lives in `src/client/meritloop.ts`. */
export * from './client/meritloop.js';
