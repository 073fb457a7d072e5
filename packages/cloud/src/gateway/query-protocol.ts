import { AwsError } from '../core/aws-error.js';
import type { HttpResponse } from '../core/http.js';
import type { Protocol } from '../core/service.js';
import { asAwsError } from './internal-failure.js';
import { writeXml } from './xml.js';

export interface QueryProtocolOptions {
  /** `https://iam.amazonaws.com/doc/2010-05-08/` */
  readonly xmlns: string;
  /** The API's version, `2010-05-08`; other versions are refused. */
  readonly version: string;
}

type Tree = { [name: string]: Tree | string };

const INDEX = /^[1-9]\d*$/;

/** Parts of a parameter's name: far more than any input has. */
const DEEPEST = 100;

function malformedInput(message: string): AwsError {
  return new AwsError('MalformedInput', message);
}

function listOf(tree: Tree): unknown[] {
  return Object.keys(tree)
    .sort((a, b) => Number(a) - Number(b))
    .map((index) => structureOf(tree[index] ?? ''));
}

function isList(tree: Tree): boolean {
  const names = Object.keys(tree);
  return names.length > 0 && names.every((name) => INDEX.test(name));
}

function structureOf(tree: Tree | string): unknown {
  if (typeof tree === 'string') return tree;
  const names = Object.keys(tree);
  if (isList(tree)) return listOf(tree);
  if (names.length === 1) {
    const { member, entry } = tree;
    // An empty list is sent as `Name=` or `Name.member=`.
    if (member === '') return [];
    if (typeof member === 'object' && isList(member)) return listOf(member);
    if (typeof entry === 'object' && isList(entry)) return mapOf(listOf(entry));
  }
  const structure: Record<string, unknown> = {};
  for (const name of names) structure[name] = structureOf(tree[name] ?? '');
  return structure;
}

/** Most maps spell `key` and `value`; that of SNS's message attributes `Name` and `Value`. */
function mapOf(entries: readonly unknown[]): Record<string, unknown> {
  const map: Record<string, unknown> = Object.create(null);
  for (const entry of entries) {
    if (typeof entry !== 'object' || entry === null) continue;
    const key: unknown = Reflect.get(entry, 'key') ?? Reflect.get(entry, 'Name');
    if (key !== undefined) map[String(key)] = Reflect.get(entry, 'value') ?? Reflect.get(entry, 'Value') ?? '';
  }
  return map;
}

/**
 * Makes the structure that query parameters spell: `Tags.member.1.Key=a` is `{ Tags: [{ Key: 'a' }] }`, and so is
 * `Tags.1.Key=a`; `Map.entry.1.key` is a map. Values stay text.
 */
export function readQueryInput(parameters: Iterable<readonly [string, string]>): Record<string, unknown> {
  const root: Tree = Object.create(null);
  for (const [name, value] of parameters) {
    const parts = name.split('.');
    if (parts.length > DEEPEST)
      throw malformedInput(`the parameter ${name.slice(0, 100)} has more than ${DEEPEST} parts`);
    let tree = root;
    for (const part of parts.slice(0, -1)) {
      const next = tree[part];
      const child: Tree = typeof next === 'object' ? next : Object.create(null);
      tree[part] = child;
      tree = child;
    }
    const last = parts.at(-1) ?? '';
    if (typeof tree[last] !== 'object') tree[last] = value;
  }
  const input: Record<string, unknown> = Object.create(null);
  for (const name of Object.keys(root)) input[name] = structureOf(root[name] ?? '');
  return input;
}

/** AWS query: form parameters in, XML out. */
export function queryProtocol({ xmlns, version }: QueryProtocolOptions): Protocol {
  const answer = (status: number, requestId: string, body: string): HttpResponse => ({
    status,
    headers: [
      ['x-amzn-requestid', requestId],
      ['content-type', 'text/xml'],
    ],
    body,
  });
  return {
    family: 'query',
    decode: (request) => {
      const text = request.body.length > 0 ? Buffer.from(request.body).toString() : request.query;
      const parameters = new URLSearchParams(text);
      const operation = parameters.get('Action');
      if (operation === null) throw new AwsError('MissingAction', 'The request has no Action parameter', 400);
      const asked = parameters.get('Version') ?? version;
      if (asked !== version) {
        throw new AwsError('InvalidAction', `Could not find operation ${operation} for version ${asked}`);
      }
      parameters.delete('Action');
      parameters.delete('Version');
      return { operation, input: readQueryInput(parameters) };
    },
    encode: (operation, output, requestId) => {
      const body = {
        '@xmlns': xmlns,
        ...(output === undefined ? {} : { [`${operation}Result`]: output }),
        ResponseMetadata: { RequestId: requestId },
      };
      return answer(200, requestId, writeXml(`${operation}Response`, body, 'member'));
    },
    encodeError: (error, requestId) => {
      const { code, message, status, fields } = asAwsError(error);
      const body = {
        '@xmlns': xmlns,
        Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message, ...fields },
        RequestId: requestId,
      };
      return answer(status, requestId, writeXml('ErrorResponse', body, 'member'));
    },
  };
}
