/** Reads a recorded history. The SDK's own reader fails where npm installs several copies of protobufjs, as it does here. */
import { readFile } from 'node:fs/promises';
import proto from '@temporalio/proto';

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z$/;
const DURATION = /^(\d+)(?:\.(\d+))?s$/;

export type History = proto.temporal.api.history.v1.History;

export async function readHistory(file: string): Promise<History> {
  return historyOf(await readFile(file, 'utf8'));
}

/** Protobuf's JSON form to messages: times and durations are text there, enums and bytes are understood as they are. */
export const historyOf = (text: string): History =>
  proto.temporal.api.history.v1.History.fromObject(
    JSON.parse(text, (_, value: unknown) =>
      typeof value === 'string' ? (timeOf(value) ?? durationOf(value) ?? value) : value,
    ) as object,
  );

function timeOf(text: string): object | undefined {
  const [, whole, fraction = ''] = TIME.exec(text) ?? [];
  return whole === undefined
    ? undefined
    : { seconds: Date.parse(`${whole}Z`) / 1000, nanos: nanos(fraction) };
}

function durationOf(text: string): object | undefined {
  const [, seconds, fraction = ''] = DURATION.exec(text) ?? [];
  return seconds === undefined ? undefined : { seconds: Number(seconds), nanos: nanos(fraction) };
}

const nanos = (fraction: string): number => Number(fraction.padEnd(9, '0'));
