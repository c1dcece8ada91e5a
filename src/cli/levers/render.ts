/** Levers as text: one line per job level, and per span of years where the years differ. */
import { PARAMETER_NAMES, PARAMETERS, type ParameterName } from '../../levers/lever.contract.js';
import type { LeverChange } from '../../runs/optimization.contract.js';
import type { LeverDifference } from '../../levers/changes.js';
import { multiplier, rate } from '../render/number.js';
import type { Style } from '../render/style.js';
import { left, renderTable, right } from '../render/table.js';

/** One lever with the text that its cell shows. */
export interface LeverCell {
  readonly fiscal_year: number;
  readonly job_level: number;
  readonly parameter_name: ParameterName;
  readonly text: string;
}

/** A value with its unit. */
export const leverValueText = (parameter: ParameterName, value: number): string =>
  PARAMETERS[parameter].unit === 'multiplier' ? multiplier(value) : rate(value);

/** `4.00 % → 2.31 %`, with the bound or lock that held it. */
export function leverChangeText({ parameter_name, before, after, bound }: LeverChange): string {
  const reached = bound === null ? '' : bound === 'locked' ? ' (locked)' : ` (${bound} bound)`;
  const from = leverValueText(parameter_name, before);
  return before === after
    ? `${from}${reached}`
    : `${from} → ${leverValueText(parameter_name, after)}${reached}`;
}

/** What differs, scenario by scenario; values with all their digits, so that no two that differ look the same. */
export function renderLeverChanges(changes: readonly LeverDifference[], style: Style): string {
  const scenarios = [...new Set(changes.map(({ scenario_id }) => scenario_id))];
  return scenarios
    .flatMap((scenario) => [
      style.bold(`Scenario ${scenario}`),
      renderLevers(
        changes
          .filter(({ scenario_id }) => scenario_id === scenario)
          .map((change) => ({ ...change, text: differenceText(change) })),
        style,
      ),
    ])
    .join('\n');
}

function differenceText(change: LeverDifference): string {
  const { parameter_name, before, after, locked_before, locked_after } = change;
  const left = before === null ? 'none' : exactText(parameter_name, before);
  const right = after === null ? 'none' : exactText(parameter_name, after);
  const lock =
    locked_before === locked_after || locked_after === null ? '' : locked_after ? ' (locked)' : ' (unlocked)';
  return `${before === after ? left : `${left} → ${right}`}${before === null && !locked_after ? '' : lock}`;
}

const exactText = (parameter: ParameterName, value: number): string =>
  PARAMETERS[parameter].unit === 'multiplier'
    ? `${trimmed(value.toFixed(6), 3)} x`
    : `${trimmed((value * 100).toFixed(4), 2)} %`;

/** Without needless zeros beyond `digits` decimals. */
const trimmed = (text: string, digits: number): string =>
  text.replace(new RegExp(`(\\.\\d{${digits}}\\d*?)0+$`), '$1');

/** Consecutive years with the same cells share a line. */
export function renderLevers(cells: readonly LeverCell[], style: Style): string {
  const parameters = PARAMETER_NAMES.filter((name) => cells.some((cell) => cell.parameter_name === name));
  const rows = unique(cells.map(({ job_level }) => job_level)).flatMap((level) => {
    const ofLevel = cells.filter(({ job_level }) => job_level === level);
    const lines = unique(ofLevel.map(({ fiscal_year }) => fiscal_year)).map((year) => ({
      year,
      texts: parameters.map((name) => cellText(ofLevel, year, name)),
    }));
    return spans(lines).map(({ first, last, texts }) => [
      String(level),
      first === last ? String(first) : `${first}–${last}`,
      ...texts,
    ]);
  });
  return renderTable([left('level'), left('years'), ...parameters.map(right)], rows, style);
}

interface Line {
  readonly year: number;
  readonly texts: readonly string[];
}

interface Span {
  readonly first: number;
  readonly last: number;
  readonly texts: readonly string[];
}

function spans(lines: readonly Line[]): Span[] {
  const result: Span[] = [];
  for (const { year, texts } of lines) {
    const open = result.at(-1);
    if (open && open.last === year - 1 && open.texts.every((text, index) => text === texts[index])) {
      result[result.length - 1] = { ...open, last: year };
    } else result.push({ first: year, last: year, texts });
  }
  return result;
}

const cellText = (cells: readonly LeverCell[], year: number, parameter: ParameterName): string =>
  cells.find((cell) => cell.fiscal_year === year && cell.parameter_name === parameter)?.text ?? '';

const unique = (values: readonly number[]): number[] => [...new Set(values)].toSorted((a, b) => a - b);
