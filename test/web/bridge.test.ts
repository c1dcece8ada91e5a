/** Bars of a waterfall: each begins where the one before ended, and is drawn from there to its end, across zero too. */
import fc from 'fast-check';
import { bridgeSeries, stepsFrom } from '../../web/src/ui/chart/bridge.js';
import { CHART_INK } from '../../web/src/ui/palette.js';

const heights = fc.integer({ min: -1000, max: 1000 }).map((hundredths) => hundredths / 100);

/** From where to where the pieces of a bar reach: what is above zero is stacked apart from what is below. */
function drawn(series: ReturnType<typeof bridgeSeries>, index: number): [number, number] {
  const [clearAbove, above, clearBelow, below] = series.map(({ data }) => {
    const piece = data[index];
    return typeof piece === 'object' ? piece.value : (piece ?? 0);
  });
  const pieces = [
    [clearAbove, above],
    [clearBelow, below],
  ].flatMap(([clear = 0, filled = 0]) => (filled === 0 ? [] : [clear, clear + filled]));
  return pieces.length === 0 ? [0, 0] : [Math.min(...pieces), Math.max(...pieces)];
}

test('every step is drawn from its beginning to its end', () => {
  fc.assert(
    fc.property(heights, fc.array(heights, { minLength: 1, maxLength: 6 }), (start, by) => {
      const bars = stepsFrom(
        start,
        by.map((each) => ({ name: '', by: each, colour: '', label: '' })),
      );
      expect(bars.at(-1)?.to).toBeCloseTo(
        by.reduce((sum, each) => sum + each, start),
        9,
      );
      const series = bridgeSeries(CHART_INK.light, bars);
      for (const [index, { from, to }] of bars.entries()) {
        expect(from).toBe(index === 0 ? start : bars[index - 1]?.to);
        const [low, high] = from === to ? [to, to] : drawn(series, index);
        expect(low).toBeCloseTo(Math.min(from, to), 9);
        expect(high).toBeCloseTo(Math.max(from, to), 9);
      }
    }),
  );
});

test('each bar has one label', () => {
  const bars = [
    [0, 4],
    [4, -1],
    [-1, -3],
    [0, 0],
  ].map(([from = 0, to = 0]) => ({ name: '', from, to, colour: '', label: '' }));
  const labels = bridgeSeries(CHART_INK.light, bars).map(({ data }) =>
    data.map((piece) => typeof piece === 'object' && piece.label.show),
  );
  for (const index of bars.keys()) expect(labels.filter((shown) => shown[index])).toHaveLength(1);
});
