/** Interaction to next paint, as the browser itself reports it. What runs in the page is text: it knows no Node. */
import type { Page } from 'playwright-core';

/** Runs in the page before its own scripts; 16 ms, one frame, is the least that a browser reports. */
export const FOLLOW_INTERACTIONS = `
  window.slowestInteractionMs = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      window.slowestInteractionMs = Math.max(window.slowestInteractionMs, duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
`;

/** Entries are delivered after the frame that they wait for. */
const TAKE_SLOWEST = `new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => {
  resolve(window.slowestInteractionMs);
  window.slowestInteractionMs = 0;
}, 60)))`;

/** The longest since the last call, milliseconds in steps of 8; 0 when every one was painted within a frame. */
export const slowestInteraction = (page: Page): Promise<number> => page.evaluate<number>(TAKE_SLOWEST);
