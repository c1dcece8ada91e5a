/** Floating bars, each from where the one before ended: the series of a waterfall. Pure. */
import type { ChartInk } from '../palette.js';
import { categoryAxis, valueAxis } from './option.js';

export interface BridgeBar {
  readonly name: string;
  /** Where it begins and ends on the axis. */
  readonly from: number;
  readonly to: number;
  readonly colour: string;
  /** What stands above it. */
  readonly label: string;
}

export interface BridgeStep extends Pick<BridgeBar, 'name' | 'colour' | 'label'> {
  /** Height of the step; negative: it leads down. */
  readonly by: number;
}

/** Each step from where the one before ended. */
export function stepsFrom(start: number, steps: readonly BridgeStep[]): BridgeBar[] {
  let at = start;
  return steps.map(({ by, ...step }) => {
    const from = at;
    at += by;
    return { ...step, from, to: at };
  });
}

/** ECharts stacks what is above zero apart from what is below it, so a bar across zero has a piece in each. */
export function bridgeSeries(ink: ChartInk, bars: readonly BridgeBar[]) {
  const pieces = bars.map(({ from, to }) => {
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    const clear = { above: Math.max(0, low), below: Math.min(0, high) };
    return {
      clear,
      filled: { above: Math.max(0, high) - clear.above, below: Math.min(0, low) - clear.below },
    };
  });
  const stack = { type: 'bar', stack: 'bridge', barMaxWidth: 54 } as const;
  return (['above', 'below'] as const).flatMap((side) => [
    {
      ...stack,
      silent: true,
      itemStyle: { color: 'transparent' },
      tooltip: { show: false },
      data: pieces.map(({ clear }) => clear[side]),
    },
    {
      ...stack,
      data: pieces.map(({ filled }, index) => ({
        value: filled[side],
        itemStyle: { color: bars[index]?.colour },
        label: { show: (side === 'above') === Math.max(bars[index]?.from ?? 0, bars[index]?.to ?? 0) > 0 },
      })),
      label: {
        position: 'top',
        color: ink.text,
        formatter: ({ dataIndex }: { dataIndex: number }) => bars[dataIndex]?.label ?? '',
      },
    },
  ]);
}

/** What stands at the pointer: the bar's own label, not the lengths of its pieces. */
const bridgeTooltip = (bars: readonly BridgeBar[]) => ({
  trigger: 'axis',
  confine: true,
  formatter: ([first]: readonly { readonly dataIndex: number }[]) => {
    const bar = bars[first?.dataIndex ?? -1];
    return bar === undefined ? '' : `${bar.name}: ${bar.label}`;
  },
});

/** A waterfall; the axis begins at zero. */
export const bridgeOption = (ink: ChartInk, bars: readonly BridgeBar[], axis: string) => ({
  tooltip: bridgeTooltip(bars),
  xAxis: categoryAxis(
    ink,
    bars.map(({ name }) => name),
  ),
  yAxis: { ...valueAxis(ink, axis), scale: false },
  series: bridgeSeries(ink, bars),
});
