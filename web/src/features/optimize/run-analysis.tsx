/** What stands behind an ended run: why each step, its trials as pictures, other strategies, the effect of each lever. */
import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import type { ParameterName } from '../../../../src/levers/catalogue.terms.js';
import type { OptimizationResult, RunDetails } from '../../api/types.js';
import { FigureTable } from '../../ui/figure-table.js';
import { Panel } from '../../ui/figures.js';
import { STRATEGY_WORDS } from '../../ui/words.js';
import { LeverEffects } from './lever-effects.js';
import { movesOf } from './moves.js';
import { requestOf } from './run-request.js';
import { StrategyTable } from './strategy-table.js';
import { TrialCharts, type TrialSet } from './trial-charts.js';
import { trialsOf } from './trials.js';
import { useStrategies } from './use-strategies.js';

export const ANALYSES = ['steps', 'trials', 'strategies'] as const;
export type Analysis = (typeof ANALYSES)[number];

/** What is shown beside the convergence, kept in the URL. */
export interface ShownParts {
  readonly lever: ParameterName | undefined;
  readonly effects: boolean;
  readonly analysis: Analysis;
  readonly onShow: (part: { lever?: ParameterName; effects?: 'yes'; analysis?: Analysis }) => void;
}

export interface RunAnalysisProps extends ShownParts {
  readonly details: RunDetails;
  readonly result: OptimizationResult;
}

export function RunAnalysis({ details, result, lever, effects, analysis, onShow }: RunAnalysisProps) {
  const asked = requestOf(details);
  const several = result.targets != null;
  const strategies = useStrategies(details, !several);
  const { found } = strategies;
  const sets = useMemo((): TrialSet[] => {
    const others = [...found].filter(([, { run }]) => run.run_id !== details.run.run_id);
    return [
      {
        name: asked === null || several ? 'this run' : STRATEGY_WORDS[asked.strategy].name,
        trials: trialsOf(result),
      },
      ...others.flatMap(([strategy, { result: other }]) =>
        other === null ? [] : [{ name: STRATEGY_WORDS[strategy].name, trials: trialsOf(other) }],
      ),
    ];
  }, [asked, details, found, result, several]);
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="What stands behind the run"
        data={[
          { value: 'steps', label: 'Why each step' },
          { value: 'trials', label: 'Trials' },
          // Strategies are ways to a single growth.
          ...(several ? [] : [{ value: 'strategies', label: 'Strategies' }]),
        ]}
        value={analysis}
        onChange={(chosen) => onShow({ analysis: chosen as Analysis })}
      />
      {analysis === 'steps' && (
        <Panel title="Why each step">
          <FigureTable
            label="Why each step"
            rows={movesOf(result, asked?.target_mode ?? 'average')}
            rowKey={({ name }) => name}
            columns={[
              { head: 'Iteration', cell: ({ name }) => name },
              { head: 'Why these levers', cell: ({ why }) => why },
              {
                head: 'Mean change against the one before, each year and level counted once',
                cell: ({ change }) => change,
              },
            ]}
          />
        </Panel>
      )}
      {analysis === 'trials' && (
        <>
          <TrialCharts
            sets={sets}
            target={result.target_growth}
            tolerance={result.tolerance}
            lever={lever}
            onLever={(chosen) => onShow({ lever: chosen })}
          />
          <LeverEffects
            details={details}
            result={result}
            shown={effects}
            onShow={() => onShow({ effects: 'yes' })}
          />
        </>
      )}
      {analysis === 'strategies' && !several && (
        <StrategyTable runId={details.run.run_id} strategies={strategies} />
      )}
    </>
  );
}
