/** What the growth means for the plan, in words. */
import { List, Text } from '@mantine/core';
import { OutsideTested } from '../../draft/outside-tested.js';
import type { Levers } from '../../draft/use-levers.js';
import { Panel } from '../../ui/figures.js';
import { percent } from '../../ui/number.js';

/** Percent a year: below is low, above is high. */
const LOW = 1.5;
const HIGH = 3;

export interface VerdictProps {
  /** Percent. */
  readonly growth: number;
  readonly target: number;
  readonly notices: readonly string[];
  readonly levers: Levers;
}

export function Verdict({ growth, target, notices, levers }: VerdictProps) {
  const { sign, tone, words } = verdictOf(growth, target);
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

export function verdictOf(growth: number, target: number): { sign: string; tone: string; words: string } {
  const gap = target - growth;
  const step =
    Math.abs(gap) <= 0.1
      ? `It meets the target of ${percent(target)}.`
      : gap < 0
        ? `It lies ${Math.abs(gap).toFixed(2)} pp above the target: lower COLA or merit first, they move growth most.`
        : `It lies ${gap.toFixed(2)} pp below the target: raise COLA or merit first, they move growth most.`;
  if (growth < LOW)
    return {
      sign: '▼',
      tone: 'warn',
      words: `Growth of ${percent(growth)} is low (below ${LOW} %). ${step}`,
    };
  if (growth > HIGH)
    return {
      sign: '▲',
      tone: 'warn',
      words: `Growth of ${percent(growth)} is high (above ${HIGH} %). ${step}`,
    };
  return {
    sign: '●',
    tone: 'good',
    words: `Growth of ${percent(growth)} is usual (${LOW}–${HIGH} %). ${step}`,
  };
}
