/** Fixed colours of statuses and parts of growth, told apart with any colour vision (test/web/palette.test.ts). */
import type { DetailedStatus } from '../../../src/shared/contract/choices.terms.js';

/** After Okabe and Ito; the same in light and dark. A pattern or a label always stands beside the colour. */
export const STATUS_COLOURS: Record<DetailedStatus, string> = {
  continuous_active: '#0072b2',
  new_hire_active: '#2fb190',
  experienced_termination: '#d55e00',
  new_hire_termination: '#e6c229',
};

export const PART_COLOURS = {
  raises: '#0072b2',
  promotions: '#e6c229',
  hires: '#2fb190',
  leavers: '#d55e00',
} as const;

/** Runs side by side, in the order of their choice. */
export const SERIES_COLOURS = ['#0072b2', '#d55e00', '#2fb190', '#e6c229', '#7d8590', '#5b4a9c'] as const;

/** Ink and lines of charts. */
export const CHART_INK = {
  light: { text: '#33383f', faint: '#5c6470', grid: '#e3e6ea', surface: '#ffffff', target: '#8a5a00' },
  dark: { text: '#e6e8eb', faint: '#a9b0b8', grid: '#3a3f46', surface: '#1f2226', target: '#f0b44c' },
} as const;
export type ChartInk = (typeof CHART_INK)[keyof typeof CHART_INK];
