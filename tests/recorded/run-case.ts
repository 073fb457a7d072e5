import { expect, vi } from 'vitest';
import type { Asker } from './clients.js';
import type { RecordedCall, RecordedCase } from './recorded-case.js';

/** The account that stands for the caller's in cases. */
const ACCOUNT = '111111111111';
/** Milliseconds in which an answer comes to be what AWS answered. */
const LATEST = 20_000;

/** Asks what a case asks, and compares. @param account the caller's */
export async function runCase(one: RecordedCase, service: string, account: string, { ask }: Asker): Promise<void> {
  const answers = new Map<string, unknown>();
  const call = async ([name, input]: RecordedCall): Promise<unknown> => {
    const [operation = '', other] = name.split(':').reverse();
    const answer = await ask(other ?? service, operation, mapped(filledIn(input, answers), ACCOUNT, account) as object);
    const read = mapped(await readStreams(answer), account, ACCOUNT);
    answers.set(operation, read);
    return read;
  };
  for (const given of one.given ?? []) await call(given);
  const compare = async (): Promise<void> => {
    if (one.error) {
      const error = await refusal(call(one.ask), account);
      expect(error).toMatchObject(one.error);
    } else {
      const answer = await call(one.ask);
      const compared = one.at === undefined ? withoutMetadata(answer) : memberAt(answer, one.at);
      expect(compared).toEqual(filledIn(one.answer, answers));
    }
  };
  await (one.eventually ? vi.waitFor(compare, LATEST) : compare());
}

function withoutMetadata(answer: unknown): object {
  const { $metadata: _, ...members } = answer as { readonly $metadata?: unknown };
  return members;
}

async function refusal(answer: Promise<unknown>, account: string): Promise<object> {
  const error = await answer.then(
    (given) => expect.fail(`AWS refuses it; the answer was ${JSON.stringify(given)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error) || !('$metadata' in error)) throw error;
  const { httpStatusCode } = error.$metadata as { readonly httpStatusCode?: number };
  const members = { ...error, code: error.name, message: error.message, status: httpStatusCode };
  return mapped(members, account, ACCOUNT) as object;
}

/** The value with each `<Operation.Member>` replaced by what it stands for. */
function filledIn(value: unknown, answers: ReadonlyMap<string, unknown>): unknown {
  return mapStrings(value, (text) => {
    const [, operation, path] = /^<([A-Z]\w+)\.([\w.]+)>$/.exec(text) ?? [];
    return operation === undefined || path === undefined ? text : memberAt(answers.get(operation), path);
  });
}

function memberAt(value: unknown, path: string): unknown {
  const keys = path.split('.');
  return keys.reduce((within, key) => {
    if (typeof within !== 'object' || within === null) expect.fail(`there is nothing at ${path}`);
    return (within as Readonly<Record<string, unknown>>)[key];
  }, value);
}

/** The value with one account in place of another. */
function mapped(value: unknown, from: string, to: string): unknown {
  return mapStrings(value, (text) => text.replaceAll(from, to));
}

function mapStrings(value: unknown, change: (text: string) => unknown): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  // Dates, bytes and the matchers of the expectation are no plain objects.
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapStrings(member, change)]));
}

/** The answer with the texts of its streams and bytes. */
async function readStreams(answer: Readonly<Record<string, unknown>>): Promise<unknown> {
  const read = async (member: unknown): Promise<unknown> => {
    if (member instanceof Uint8Array) return Buffer.from(member).toString();
    const isStream = typeof member === 'object' && member !== null && 'transformToString' in member;
    return isStream ? (member as { transformToString(): Promise<string> }).transformToString() : member;
  };
  const members = Object.entries(answer).map(async ([key, member]) => [key, await read(member)] as const);
  return Object.fromEntries(await Promise.all(members));
}
