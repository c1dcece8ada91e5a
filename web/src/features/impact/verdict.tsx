/** What the growth means for the plan, in words. */
import { List, Text } from '@mantine/core';
import type { ImpactReport } from '../../api/types.js';
import { OutsideTested } from '../../draft/outside-tested.js';
import type { Levers } from '../../draft/use-levers.js';
import { Panel } from '../../ui/figures.js';
import { verdictOf } from './advice.js';

export interface VerdictProps {
  /** Percent. */
  readonly growth: number;
  readonly target: number;
  readonly notices: readonly string[];
  readonly levers: Levers;
  /** The swings of the chart below; undefined while they are simulated. */
  readonly tornado: ImpactReport['tornado'] | undefined;
}

export function Verdict({ growth, target, notices, levers, tornado }: VerdictProps) {
  const { sign, tone, words } = verdictOf(growth, target, tornado);
  return (
    <Panel title="What it means">
      <Text size="sm" className={`tone-${tone}`}>
        {sign} {words}
      </Text>
      <OutsideTested levers={levers} />
      {notices.length > 0 && (
        <List size="sm">
          {notices.map((notice) => (
            <List.Item key={notice}>{notice}</List.Item>
          ))}
        </List>
      )}
    </Panel>
  );
}
