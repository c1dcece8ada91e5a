/** The fixed colours are told apart with normal, red-blind, green-blind and blue-blind eyes. */
import { PART_COLOURS, STATUS_COLOURS } from '../../web/src/ui/palette.js';
import { seenDifference, VISIONS } from './colour-vision.js';

/** CIE76; about 2.3 is just noticeable side by side, a legend needs far more. */
const APART = 18;

const pairsOf = (colours: Readonly<Record<string, string>>) => {
  const entries = Object.entries(colours);
  return entries.flatMap(([name, colour], index) =>
    entries.slice(index + 1).map(([other, otherColour]) => [name, other, colour, otherColour] as const),
  );
};

describe.each(VISIONS)('%s', (vision) => {
  test.each([...pairsOf(STATUS_COLOURS), ...pairsOf(PART_COLOURS)])(
    '%s and %s',
    (_name, _other, one, two) => {
      expect(seenDifference(one, two, vision)).toBeGreaterThan(APART);
    },
  );
});
