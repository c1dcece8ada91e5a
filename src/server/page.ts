/** The built page: hashed assets for ever, the rest fresh, and the page itself for every other address. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context, MiddlewareHandler } from 'hono';
import type { ApiEnv } from './api.js';
import { own } from '../shared/own.terms.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

const ZIPPED = new Set(['.html', '.js', '.css', '.json', '.svg', '.txt', '.map']);
/** Bytes; below, the headers weigh more than what is saved. */
const LEAST_ZIPPED = 1024;

/** Vite names everything in there by its content. */
const HASHED = '/assets/';
const FOR_EVER = 'public, max-age=31536000, immutable';

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>meritloop</title>
<p>The page is not built. Run <code>npm run build</code> and load this again. The API works: see
<a href="/openapi.json">/openapi.json</a>.</p></html>
`;

/** @param folder of the built page; requests never lead out of it */
export function servePage(folder: string): MiddlewareHandler<ApiEnv> {
  /** By file and tag: what was zipped once. The folder holds few files, and they change only with a build. */
  const zipped = new Map<string, Buffer>();
  const send = async (context: Context<ApiEnv>, found: FoundFile, caching: string): Promise<Response> => {
    const { file, tag, size } = found;
    const worthIt = ZIPPED.has(path.extname(file)) && size > LEAST_ZIPPED;
    if (!worthIt || !/\bgzip\b/.test(context.req.header('accept-encoding') ?? ''))
      return sendWhole(context, found, caching);
    const headers = {
      'Cache-Control': caching,
      ETag: tag.replace(/"$/, '-gzip"'),
      Vary: 'Accept-Encoding',
      'Content-Encoding': 'gzip',
      'Content-Type': own(TYPES, path.extname(file)) ?? 'application/octet-stream',
    };
    if (context.req.header('if-none-match') === headers.ETag) return context.body(null, 304, headers);
    const key = file + tag;
    const body = zipped.get(key) ?? (await promisify(gzip)(await readFile(file)));
    zipped.set(key, body);
    const typed = { ...headers, 'Content-Length': String(body.length) };
    if (context.req.method === 'HEAD') return context.body(null, 200, typed);
    return context.body(new Uint8Array(body), 200, typed);
  };
  return async (context, next) => {
    const { path: address, method } = context.req;
    if (address.startsWith('/api') || (method !== 'GET' && method !== 'HEAD')) return next();
    const found = await fileAt(folder, address);
    if (found !== undefined) return send(context, found, address.startsWith(HASHED) ? FOR_EVER : 'no-cache');
    // A missing asset is missing: the page in its place would only break later.
    if (path.extname(address) !== '') return next();
    const page = await fileAt(folder, '/index.html');
    if (page !== undefined) return send(context, page, 'no-cache');
    return context.html(NOT_BUILT, 200, { 'Cache-Control': 'no-store' });
  };
}

interface FoundFile {
  readonly file: string;
  readonly size: number;
  readonly tag: string;
}

async function fileAt(folder: string, address: string): Promise<FoundFile | undefined> {
  const name = decoded(address);
  if (name === undefined || name.includes('\0') || name.endsWith('/')) return undefined;
  const file = path.join(folder, name);
  if (!file.startsWith(folder + path.sep)) return undefined;
  try {
    const { size, mtimeMs, isFile } = await stat(file).then((found) => ({
      size: found.size,
      mtimeMs: found.mtimeMs,
      isFile: found.isFile(),
    }));
    return isFile
      ? { file, size, tag: `"${size.toString(16)}-${Math.floor(mtimeMs).toString(16)}"` }
      : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
    throw error;
  }
}

function decoded(address: string): string | undefined {
  try {
    return decodeURIComponent(address);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function sendWhole(context: Context<ApiEnv>, { file, size, tag }: FoundFile, caching: string): Response {
  const headers = { 'Cache-Control': caching, ETag: tag };
  if (context.req.header('if-none-match') === tag) return context.body(null, 304, headers);
  const typed = {
    ...headers,
    'Content-Type': own(TYPES, path.extname(file)) ?? 'application/octet-stream',
    'Content-Length': String(size),
  };
  if (context.req.method === 'HEAD') return context.body(null, 200, typed);
  return context.body(Readable.toWeb(createReadStream(file)) as ReadableStream, 200, typed);
}
