/** Dockerfile, .dockerignore and docker-compose.yml as data. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadConfig } from '../../src/config.js';

export const ROOT = loadConfig({}, {}).projectRoot;
export const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const texts = z.array(z.string());
const service = z.object({
  image: z.string(),
  entrypoint: texts.default([]),
  command: texts.optional(),
  environment: z.record(z.string(), z.string()),
  ports: texts.default([]),
  volumes: texts.default([]),
  profiles: texts.default([]),
  read_only: z.boolean().default(false),
  tmpfs: texts.default([]),
  cap_drop: texts.default([]),
  security_opt: texts.default([]),
  healthcheck: z.object({ test: texts }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});
export type ComposeService = z.infer<typeof service>;

const compose = z.object({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.unknown()),
});

/** What Compose makes of the file where no variable is set. */
export const substitute = (text: string): string =>
  text.replaceAll(/\$\{(\w+):-([^}]*)\}/g, (_, _name: string, preset: string) => preset);

export const COMPOSE = compose.parse(parse(substitute(read('docker-compose.yml')), { merge: true }));

export function serviceOf(name: string): ComposeService {
  const found = COMPOSE.services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
}

export interface Instruction {
  readonly stage: string;
  readonly name: string;
  readonly value: string;
}

/** The instructions in order, continued lines joined, comments left out. */
export function instructions(): Instruction[] {
  const lines = read('Dockerfile')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  let stage = '';
  return lines.map((line) => {
    const [, name = '', value = ''] = /^([A-Z]+) (.*)$/.exec(line.trim()) ?? [];
    if (name === 'FROM') stage = / AS (\w+)$/.exec(value)?.[1] ?? '';
    return { stage, name, value };
  });
}

export const ofStage = (stage: string, name: string): string[] =>
  instructions()
    .filter((instruction) => instruction.stage === stage && instruction.name === name)
    .map(({ value }) => value);

export interface Copy {
  /** The stage that it comes from; undefined for the project's folder. */
  readonly from: string | undefined;
  readonly sources: readonly string[];
  readonly target: string;
}

export const copiesOf = (stage: string): Copy[] =>
  ofStage(stage, 'COPY').map((value) => {
    const [, from, rest = ''] = /^(?:--from=(\w+) )?(.*)$/.exec(value) ?? [];
    const words = rest.split(' ').map((word) => word.replace(/^\/app\//, '').replace(/\/$/, ''));
    return { from, sources: words.slice(0, -1), target: words.at(-1) ?? '' };
  });
