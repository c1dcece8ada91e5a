/** Values of options that belong to no request schema. */
import { failure } from '../shared/errors/errors.js';

/** @throws MeritloopError REQUEST_INVALID naming option, value and rule. */
export function wholeNumber(option: string, text: unknown, lowest: number, highest: number): number {
  const value = typeof text === 'string' && /^-?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= lowest && value <= highest) return value;
  throw refusedOption(option, text, `must be a whole number from ${lowest} to ${highest}`);
}

/** The text of a required option. @throws MeritloopError REQUEST_INVALID when it is empty. */
export function requiredText(option: string, text: unknown): string {
  if (typeof text === 'string' && text.trim() !== '') return text;
  throw refusedOption(option, text, 'must not be empty');
}

export function refusedOption(field: string, value: unknown, rule: string): Error {
  const shown = typeof value === 'string' && value !== '' ? value : JSON.stringify(value ?? '');
  return failure('REQUEST_INVALID', { source: 'command line', field, value: shown, rule });
}
