/** Progress on stderr: a few lines drawn over on a terminal, one line per news anywhere else. */
import type { Output } from './output.js';
import { duration } from './render/number.js';

const REDRAW_MS = 100;

/** What is at work now; `news` changes only when a plain log should get another line. */
export interface ProgressState {
  readonly lines: readonly string[];
  readonly news: string;
}

export interface Progress {
  update(state: ProgressState): void;
  /** Clears the live lines. */
  end(): void;
}

/** Under --json nothing but a terminal sees progress. */
export function startProgress(output: Output): Progress {
  const started = performance.now();
  const elapsed = (): string => duration((performance.now() - started) / 1000);
  let state: ProgressState = { lines: [], news: '' };
  const redraw = (): void => output.draw([...state.lines, output.errorStyle.dim(`elapsed ${elapsed()}`)]);
  const timer = output.live ? setInterval(redraw, REDRAW_MS) : undefined;
  timer?.unref();
  return {
    update(next) {
      const isNews = next.news !== '' && next.news !== state.news;
      state = next;
      if (isNews && !output.live && !output.json) output.log(next.news);
    },
    end() {
      clearInterval(timer);
      output.draw([]);
    },
  };
}

/** `████████░░░░░░░░ 2 of 5`. */
export function bar(done: number, total: number, width = 20): string {
  const full = total === 0 ? 0 : Math.round((Math.min(done, total) / total) * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${done} of ${total}`;
}
