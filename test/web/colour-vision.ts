/** How far apart two colours look, by kind of colour vision (Machado, Oliveira, Fernandes 2009, severity 1; CIE76 in Lab). */

export const VISIONS = ['normal', 'protan', 'deutan', 'tritan'] as const;
export type Vision = (typeof VISIONS)[number];
type Triple = readonly [number, number, number];

const SEEN: Record<Vision, readonly [Triple, Triple, Triple]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const TO_XYZ: readonly [Triple, Triple, Triple] = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];
const WHITE: Triple = [0.95047, 1, 1.08883];

const times = (matrix: readonly [Triple, Triple, Triple], [a, b, c]: Triple): Triple => {
  const row = ([x, y, z]: Triple): number => x * a + y * b + z * c;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
};

const linear = (hex: string): Triple => {
  const part = (start: number): number => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
};

function lab(colour: Triple): Triple {
  const xyz = times(TO_XYZ, colour);
  const scaled = (index: 0 | 1 | 2): number => {
    const ratio = Math.max(0, xyz[index]) / WHITE[index];
    return ratio > 216 / 24389 ? Math.cbrt(ratio) : (ratio * 24389) / 27 / 116 + 16 / 116;
  };
  const [x, y, z] = [scaled(0), scaled(1), scaled(2)];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** ΔE of two `#rrggbb` colours as they are seen. */
export function seenDifference(one: string, two: string, vision: Vision): number {
  const [left, right] = [one, two].map((colour) => lab(times(SEEN[vision], linear(colour)))) as [
    Triple,
    Triple,
  ];
  return Math.hypot(left[0] - right[0], left[1] - right[1], left[2] - right[2]);
}
