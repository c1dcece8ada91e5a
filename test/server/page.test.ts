/** How the files of the page are served: zipped where the browser takes it, and not at all when it has them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { newApi } from '../../src/server/api.js';
import { servePage } from '../../src/server/page.js';

const SCRIPT = 'const words = "again and again";\n'.repeat(200);
let folder: string;
let app: ReturnType<typeof newApi>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meritloop-page-'));
  await writeFile(path.join(folder, 'script.js'), SCRIPT);
  app = newApi();
  app.use(servePage(folder));
});
afterAll(() => rm(folder, { recursive: true }));

const ask = (headers: Record<string, string>) => app.request('/script.js', { headers });

test('a browser that takes gzip gets the same text, much shorter', async () => {
  const answer = await ask({ 'accept-encoding': 'gzip, br' });
  const body = Buffer.from(await answer.arrayBuffer());
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(answer.headers.get('vary')).toBe('Accept-Encoding');
  expect(body.length).toBeLessThan(SCRIPT.length / 5);
  expect(gunzipSync(body).toString()).toBe(SCRIPT);
});

test.each([['gzip'], ['identity']])('asked again with the tag of %s, nothing is sent', async (encoding) => {
  const first = await ask({ 'accept-encoding': encoding });
  const again = await ask({
    'accept-encoding': encoding,
    'if-none-match': first.headers.get('etag') ?? '',
  });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test('another program gets the file as it is', async () => {
  const answer = await ask({});
  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(await answer.text()).toBe(SCRIPT);
});
