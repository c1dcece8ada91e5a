/** What a run found: verdict, levers before and after, recommendations, and making them current with a way back. */
import { searchWords } from '../../../../src/runs/attainable.terms.js';
import { Button, Group, List, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { digitsFor } from '../../../../src/shared/contract/figures.terms.js';
import { RoleButton } from '../../access/role-button.js';
import type { OptimizationResult, RunDetails } from '../../api/types.js';
import { Panel } from '../../ui/figures.js';
import { LeverMatrix } from '../../ui/lever-matrix.js';
import { percent, percentagePoints, percentRange } from '../../ui/number.js';
import { UncertaintyChart } from '../../ui/uncertainty-chart.js';
import { plainWords } from '../../ui/words.js';
import { TargetOutcomes } from './target-outcomes.js';
import { ApplyDialog } from './apply-dialog.js';

export interface RunOutcomeProps {
  readonly details: RunDetails;
  readonly result: OptimizationResult;
}

export function RunOutcome({ details, result }: RunOutcomeProps) {
  const [applying, setApplying] = useState(false);
  const moved = result.levers.filter(({ before, after }) => before !== after);
  return (
    <>
      <Panel
        title="Summary"
        actions={
          <>
            <Button
              size="compact-sm"
              variant="default"
              renderRoot={(props) => (
                <Link to="/results" search={{ simulation: result.simulation_id } as never} {...props} />
              )}
            >
              Open its results
            </Button>
            {result.applied !== 'applied' && moved.length > 0 && (
              <RoleButton
                needs="approver"
                size="compact-sm"
                variant={result.status === 'converged' ? 'filled' : 'default'}
                onClick={() => setApplying(true)}
              >
                {result.status === 'converged' ? 'Apply the levers' : 'Apply the closest levers…'}
              </RoleButton>
            )}
          </>
        }
      >
        <Stack gap={6}>
          <Text size="sm">{verdict(result)}</Text>
          <Group gap="xl">
            <Fact name="Converged" value={result.status === 'converged' ? 'yes' : 'no'} />
            <Fact name="Iterations" value={String(result.iterations_used)} />
            <Fact name="Final growth" value={percent(result.final_growth, digitsFor(result.tolerance))} />
            <Fact
              name="Final gap (target minus growth)"
              value={percentagePoints(result.final_gap, digitsFor(result.tolerance))}
            />
            <Fact
              name="Levers"
              value={result.applied === 'never' ? 'not applied' : plainWords(result.applied)}
            />
            {result.locked_rows_skipped > 0 && (
              <Fact name="Locked rows left as they are" value={String(result.locked_rows_skipped)} />
            )}
          </Group>
          {result.recommendations.length > 0 && (
            <List size="sm">
              {result.recommendations.map(({ code, message }) => (
                <List.Item key={code}>{message}</List.Item>
              ))}
            </List>
          )}
        </Stack>
      </Panel>
      {result.targets != null && <TargetOutcomes targets={result.targets} />}
      {result.uncertainty != null && (
        <UncertaintyChart uncertainty={result.uncertainty} target={result.target_growth} />
      )}
      <Panel title="Levers before and after">
        {moved.length === 0 ? (
          <Text size="sm">
            {result.status === 'converged'
              ? 'No lever moved: the baseline meets the target already.'
              : 'No lever moved.'}
          </Text>
        ) : (
          <LeverMatrix levers={moved} />
        )}
      </Panel>
      {applying && <ApplyDialog details={details} result={result} onClose={() => setApplying(false)} />}
    </>
  );
}

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <Text size="xs" c="dimmed">
      {name}
    </Text>
    <Text size="sm" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
      {value}
    </Text>
  </div>
);

function verdict(result: OptimizationResult): string {
  if (result.targets != null) return severalVerdict(result);
  const { status, target_growth, final_growth, iterations_used, attainable_growth, tolerance } = result;
  const digits = digitsFor(tolerance);
  switch (status) {
    case 'converged':
      return `Growth meets ${percent(target_growth)} within ± ${tolerance} pp after ${iterations_used} ${iterations_used === 1 ? 'iteration' : 'iterations'}: ${percent(final_growth, digits)}.`;
    case 'infeasible':
      return `No levers that were tried reach ${percent(target_growth)}: ${searchWords(result)}, they reach ${percentRange(attainable_growth, digits)}. The closest are kept, with ${percent(final_growth, digits)}.`;
    case 'not_converged':
      return `The run used its ${iterations_used} iterations; the nearest trial has ${percent(final_growth, digits)}.`;
    case 'cancelled':
      return `The run was ended early and keeps its best trial, with ${percent(final_growth, digits)}.`;
    case 'failed':
      return 'The run failed.';
  }
}

function severalVerdict(result: OptimizationResult): string {
  const { status, targets, iterations_used, final_growth, tolerance } = result;
  const digits = digitsFor(tolerance);
  const met = targets?.filter((target) => target.met).length ?? 0;
  const tried = `${iterations_used} ${iterations_used === 1 ? 'set' : 'sets'} of levers`;
  const found = `${met} of ${targets?.length ?? 0} targets are met after ${tried}; growth is then ${percent(final_growth, digits)}.`;
  return status === 'infeasible'
    ? `No levers inside the bounds meet all targets: those of lower priority gave way. ${found}`
    : found;
}
