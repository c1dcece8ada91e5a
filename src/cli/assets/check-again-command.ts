/** `assets check --again`: the invariants once more, on what is stored. */
import type { CheckedAgain } from '../../simulation/simulator.js';
import type { CliContext } from '../context.js';
import { count } from '../render/number.js';
import { left, renderTable } from '../render/table.js';

const FAILED = 1;

/** @returns the exit code: 1 where a check of severity `error` finds a row */
export function showCheckedAgain({ output }: CliContext, checked: CheckedAgain): number {
  const { simulation_id, folder, checks } = checked;
  const broken = checks.filter(({ violations }) => violations > 0);
  output.show(checked, (style) => {
    const verdict = ({ violations, severity }: CheckedAgain['checks'][number]): string =>
      violations === 0 ? style.good('passed') : style.bad(severity === 'error' ? 'failed' : 'warned');
    const rows = checks.map((check) => [check.name, verdict(check), count(check.violations)]);
    return [
      `Simulation ${simulation_id}: ${folder}`,
      renderTable([left('check'), left('verdict'), left('rows')], rows, style),
      `${checks.length} checks, ${broken.length} not passed`,
    ].join('\n');
  });
  return broken.some(({ severity }) => severity === 'error') ? FAILED : 0;
}
