/** What a growth means against its target, and which lever to move first: in agreement with the chart of the swings. Pure. */
import { growthGap } from '../../../../src/shared/contract/figures.terms.js';
import type { ImpactReport } from '../../api/types.js';
import { percent, percentagePoints, pointsApart } from '../../ui/number.js';
import { PARAMETER_WORDS } from '../../ui/words.js';

/** Percent a year: below is low, above is high. */
const LOW = 1.5;
const HIGH = 3;

/** The lever of the widest swing that can move growth that way, from the very simulations that the chart draws. */
export function adviceOf(gap: number, tornado: ImpactReport['tornado'] | undefined): string {
  if (tornado === undefined) return '';
  const ways = tornado.flatMap(({ parameter_name, up, down }) => {
    const sides = [
      { word: 'raise', growth: up?.growth ?? 0 },
      { word: 'lower', growth: down?.growth ?? 0 },
    ];
    const way = sides.find(({ growth }) => growth !== 0 && Math.sign(growth) === Math.sign(gap));
    return way === undefined ? [] : [{ parameter_name, ...way }];
  });
  const [first] = ways;
  if (first === undefined) return '; no single lever can move growth that way inside its hard range';
  const isWidest = first.parameter_name === tornado[0]?.parameter_name;
  return `: ${first.word} ${PARAMETER_WORDS[first.parameter_name]} first, one step of it gives ${percentagePoints(first.growth)}, ${isWidest ? 'the widest swing' : 'the widest swing of those that can move that way'}`;
}

export function verdictOf(
  growth: number,
  target: number,
  tornado: ImpactReport['tornado'] | undefined,
): { sign: string; tone: string; words: string } {
  const gap = growthGap(target, growth);
  const step =
    Math.abs(gap) <= 0.1
      ? `It meets the target of ${percent(target)}.`
      : `It lies ${pointsApart(gap)} ${gap < 0 ? 'above' : 'below'} the target of ${percent(target)}${adviceOf(gap, tornado)}.`;
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
