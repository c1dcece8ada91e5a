/** A cell of a stored table as text: pay in USD, all else as it is. Pure. */
import { dollars } from '../../ui/number.js';

type CellValue = string | number | boolean | null | undefined;
export type TableRow = Readonly<Record<string, CellValue>>;

export function cellText(value: CellValue, column: string): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number' && /compensation|salary|pay/.test(column)) return dollars(value);
  return String(value);
}

/** Types of the API's columns that stand to the right. */
export const isNumberType = (type: string): boolean => !['text', 'date', 'boolean'].includes(type);
