/** How far the growth of the kept levers depends on chance, as text. */
import type { OptimizationResult } from '../../runs/optimization.contract.js';
import {
  NOT_JUDGED,
  uncertaintyCells,
  UNCERTAINTY_HEADER,
  uncertaintyLines,
} from '../../tuning/random-seeds/uncertainty-text.js';
import { digitsFor } from '../render/number.js';
import type { Style } from '../render/style.js';
import { left, renderTable, right } from '../render/table.js';

/** Empty for a run on one seed. */
export function renderUncertainty(result: OptimizationResult, style: Style): string {
  const { uncertainty } = result;
  if (uncertainty === undefined) return '';
  if (uncertainty === null) return NOT_JUDGED;
  const digits = digitsFor(result.tolerance);
  const [year, ...figures] = UNCERTAINTY_HEADER;
  return [
    ...uncertaintyLines(result, uncertainty, digits),
    renderTable([left(year), ...figures.map(right)], uncertaintyCells(uncertainty, digits), style),
  ].join('\n');
}
