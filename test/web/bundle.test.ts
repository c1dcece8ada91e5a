/** What the first screen loads stays small; charts and graph come later. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const FOLDER = fileURLToPath(new URL('../../dist/web/', import.meta.url));
const MOST = 200_000;

const read = (file: string): Buffer => readFileSync(path.join(FOLDER, file));
const page = read('index.html').toString();
const first = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file = '']) => file);

test('the scripts of the first screen have at most 200 kB, zipped', () => {
  expect(first.length).toBeGreaterThan(0);
  const size = first.reduce((sum, file) => sum + gzipSync(read(file)).length, 0);
  expect(size).toBeLessThanOrEqual(MOST);
});

test('charts are in a chunk of their own', () => {
  const withCharts = readdirSync(path.join(FOLDER, 'assets')).filter(
    (file) => file.endsWith('.js') && read(`assets/${file}`).includes('_echarts_instance_'),
  );
  expect(withCharts.length).toBeGreaterThan(0);
  expect(first.filter((file) => withCharts.includes(path.basename(file)))).toEqual([]);
});
