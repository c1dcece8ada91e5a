/** What every chart has in common: ink, fonts, a grid that leaves room for its labels, tooltips. */
import type { EChartsCoreOption } from 'echarts/core';
import type { ChartInk } from '../palette.js';

/** `option` in the ink of light or dark. */
export function withInk(option: EChartsCoreOption, ink: ChartInk): EChartsCoreOption {
  return {
    backgroundColor: 'transparent',
    // Labels are measured in it before they are drawn.
    textStyle: { color: ink.text, fontFamily: 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif' },
    grid: { left: 8, right: 24, top: 34, bottom: 8, containLabel: true },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: ink.surface,
      borderColor: ink.grid,
      textStyle: { color: ink.text, fontSize: 12 },
    },
    aria: { enabled: false },
    ...option,
  };
}

export const categoryAxis = (ink: ChartInk, data: readonly (string | number)[], name = '') => ({
  type: 'category' as const,
  data: data.map(String),
  name,
  nameLocation: 'middle' as const,
  nameGap: 28,
  nameTextStyle: { color: ink.faint },
  axisLabel: { color: ink.faint, hideOverlap: true },
  axisLine: { lineStyle: { color: ink.grid } },
  axisTick: { show: false },
});

export const valueAxis = (ink: ChartInk, name: string, format?: (value: number) => string) => ({
  type: 'value' as const,
  name,
  nameTextStyle: { color: ink.faint, align: 'left' as const },
  axisLabel: { color: ink.faint, ...(format ? { formatter: format } : {}) },
  splitLine: { lineStyle: { color: ink.grid } },
  scale: true,
});

export const legend = (ink: ChartInk) => ({
  top: 0,
  right: 0,
  itemWidth: 14,
  itemHeight: 10,
  textStyle: { color: ink.text, fontSize: 12 },
});
