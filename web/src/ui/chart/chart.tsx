/** A chart with its title, units, source, summary in words, table of data, and export as PNG or SVG. */
import { Button, Group, Menu, Text, Title, useComputedColorScheme } from '@mantine/core';
import type { EChartsCoreOption } from 'echarts/core';
import { lazy, Suspense, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { CHART_INK, type ChartInk } from '../palette.js';
import { downloadText, downloadSvgAsPng } from '../download.js';
import { withInk } from './option.js';

const Drawing = lazy(() => import('./drawing.js').then(({ Drawing }) => ({ default: Drawing })));

export interface ChartProps {
  readonly title: string;
  /** Such as `percent a year`. */
  readonly units: string;
  /** Where the numbers come from. */
  readonly source: string;
  /** What the picture shows, in words. */
  readonly summary: string;
  readonly option: (ink: ChartInk) => EChartsCoreOption;
  readonly height?: number;
  /** The same numbers as a table. */
  readonly table: ReactNode;
  /** Beside its buttons: what the picture shows can be chosen. */
  readonly control?: ReactNode;
  readonly onPick?: (seriesIndex: number, dataIndex: number) => void;
}

export function Chart(props: ChartProps) {
  const { title, units, source, summary, option, height = 280, table, control, onPick } = props;
  const scheme = useComputedColorScheme('light');
  const [asTable, setAsTable] = useState(false);
  const toSvg = useRef<() => string>(() => '');
  const ready = useCallback((read: () => string) => {
    toSvg.current = read;
  }, []);
  const drawn = useMemo(() => withInk(option(CHART_INK[scheme]), CHART_INK[scheme]), [option, scheme]);
  return (
    <figure className="panel" style={{ margin: 0 }} aria-label={title}>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Title order={2}>{title}</Title>
          <Text size="xs" c="dimmed">
            {units} · {source}
          </Text>
        </div>
        <Group gap={4} className="no-print" wrap="nowrap" style={{ flexShrink: 0 }}>
          {control}
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => setAsTable(!asTable)}
            aria-pressed={asTable}
          >
            Table
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-xs" variant="default" disabled={asTable}>
                Save
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => downloadText(`${title}.svg`, 'image/svg+xml', toSvg.current())}>
                SVG
              </Menu.Item>
              <Menu.Item onClick={() => void downloadSvgAsPng(`${title}.png`, toSvg.current())}>
                PNG
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      {asTable ? (
        table
      ) : (
        <Suspense fallback={<div style={{ height }} />}>
          <Drawing
            option={drawn}
            height={height}
            summary={summary}
            onReady={ready}
            {...(onPick ? { onPick } : {})}
          />
        </Suspense>
      )}
      <Text size="xs" c="dimmed" component="figcaption">
        {summary}
      </Text>
    </figure>
  );
}
