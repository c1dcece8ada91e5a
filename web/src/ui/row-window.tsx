/** A table of any length of which only the visible rows are drawn; rows come page by page as they are reached. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactNode } from 'react';

export interface WindowColumn {
  readonly name: string;
  readonly head: ReactNode;
  /** Pixels. */
  readonly width: number;
  readonly number?: boolean;
}

export interface RowWindowProps {
  readonly label: string;
  readonly columns: readonly WindowColumn[];
  readonly total: number;
  /** Undefined while the row is on its way. */
  readonly cell: (row: number, column: WindowColumn) => ReactNode;
  /** The rows that are drawn now. */
  readonly onRange?: (first: number, last: number) => void;
  readonly height?: number;
}

const ROW_HEIGHT = 27;
const OVERSCAN = 12;

export function RowWindow({ label, columns, total, cell, onRange, height = 560 }: RowWindowProps) {
  const place = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => place.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    onChange: ({ range }) => range && onRange?.(range.startIndex, range.endIndex),
  });
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <div
      ref={place}
      className="rows-scroll"
      role="table"
      aria-label={label}
      aria-rowcount={total + 1}
      tabIndex={0}
      style={{ height: Math.min(height, (total + 1) * ROW_HEIGHT + 18) }}
    >
      <div
        role="rowgroup"
        style={{ position: 'sticky', top: 0, zIndex: 1, background: 'var(--meritloop-panel)' }}
      >
        <div
          role="row"
          aria-rowindex={1}
          className="virtual-row"
          style={{ position: 'static', width, fontWeight: 600 }}
        >
          {columns.map((column) => (
            <div
              key={column.name}
              role="columnheader"
              className="virtual-cell"
              style={{ width: column.width, textAlign: column.number ? 'right' : 'left' }}
            >
              {column.head}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" style={{ height: rows.getTotalSize(), width, position: 'relative' }}>
        {rows.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            role="row"
            aria-rowindex={index + 2}
            className="virtual-row"
            style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT, width }}
          >
            {columns.map((column) => (
              <div
                key={column.name}
                role="cell"
                className="virtual-cell"
                style={{ width: column.width, textAlign: column.number ? 'right' : 'left' }}
              >
                {cell(index, column)}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
