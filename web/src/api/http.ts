/** One request to the API: JSON in, JSON out; a refusal becomes an `ApiProblem` with code, hint and fields. */
import { actingUserHeader } from './acting-user.js';
import { ofCompany } from '../app/company.js';
import type { Problem } from './types.js';

/** What the API refused, or why it could not be asked. */
export class ApiProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  request<T>(path, signal === undefined ? {} : { signal });

export function post<T>(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  if (body === undefined) return request<T>(path, { method: 'POST', headers });
  return request<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

export const put = <T>(path: string, body: unknown): Promise<T> =>
  request<T>(path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** A path with its query; what is undefined is left out. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return parts.length === 0 ? path : `${path}?${parts.join('&')}`;
}

/** @param alsoGood status beside 2xx whose body is an answer too, not a refusal */
export async function request<T>(path: string, init: RequestInit, alsoGood?: number): Promise<T> {
  let response: Response;
  try {
    response = await fetch(ofCompany(path), {
      ...init,
      headers: {
        ...(init.headers as Record<string, string> | undefined),
        ...actingUserHeader(),
        accept: 'application/json',
      },
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(unreachable(path, String((error as Error).message)));
  }
  if (!response.ok && response.status !== alsoGood) throw new ApiProblem(await problemOf(path, response));
  // A route without a body answers 204.
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function problemOf(path: string, response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as Partial<Problem>;
    if (typeof body.code === 'string') return { ...EMPTY, ...body };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return {
    ...EMPTY,
    status: response.status,
    instance: path,
    code: `HTTP_${response.status}`,
    detail: `The server answered ${response.status} ${response.statusText} to ${path}.`,
    hint: 'Reload the page; when it stays, look at the log of `meritloop ui`.',
  };
}

const unreachable = (path: string, reason: string): Problem => ({
  ...EMPTY,
  instance: path,
  code: 'API_UNREACHABLE',
  detail: `The server of this page does not answer (${reason}).`,
  hint: 'Start `meritloop ui` again with the same home; the page goes on by itself.',
});

const EMPTY: Problem = {
  type: 'about:blank',
  title: '',
  status: 0,
  detail: '',
  instance: '',
  code: '',
  hint: '',
  field: null,
  value: null,
  rule: null,
  fields: {},
  errors: [],
  conflict: null,
};
