/** Draws one ECharts option and keeps it as wide as its place. */
import { useEffect, useRef } from 'react';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { init } from './echarts.js';

export interface DrawingProps {
  readonly option: EChartsCoreOption;
  readonly height: number;
  /** What the picture shows, in words. */
  readonly summary: string;
  readonly onPick?: (seriesIndex: number, dataIndex: number) => void;
  /** Gives the picture as SVG text. */
  readonly onReady: (toSvg: () => string) => void;
}

export function Drawing({ option, height, summary, onPick, onReady }: DrawingProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  useEffect(() => {
    if (place.current === null) return undefined;
    const drawn = init(place.current, null, { renderer: 'svg' });
    chart.current = drawn;
    onReady(() => decodeURIComponent(drawn.getDataURL({ type: 'svg' }).replace(/^data:[^,]*,/, '')));
    const watch = new ResizeObserver(() => drawn.resize());
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      drawn.dispose();
    };
  }, [onReady]);
  useEffect(() => {
    chart.current?.setOption({ animation: false, ...option }, { notMerge: true });
  }, [option]);
  useEffect(() => {
    const drawn = chart.current;
    if (drawn === null || onPick === undefined) return undefined;
    const pick = (event: { seriesIndex?: number; dataIndex?: number }): void =>
      onPick(event.seriesIndex ?? 0, event.dataIndex ?? 0);
    drawn.on('click', pick);
    return () => {
      if (!drawn.isDisposed()) drawn.off('click', pick);
    };
  }, [onPick]);
  return <div ref={place} role="img" aria-label={summary} style={{ height }} />;
}
