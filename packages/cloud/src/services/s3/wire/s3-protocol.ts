import { isByteStream } from '../../../core/bytes.js';
import { type HttpResponse, header, type RequestHead } from '../../../core/http.js';
import type { Protocol } from '../../../core/service.js';
import { asAwsError } from '../../../gateway/internal-failure.js';
import { readXml } from '../../../gateway/read-xml.js';
import { writeXml, XML_DECLARATION } from '../../../gateway/xml.js';
import { s3Error } from '../s3-error.js';
import { addressOf } from './address.js';
import type { S3Binding, S3Operation } from './s3-binding.js';
import { refuseUnsupportedHeaders, SUBRESOURCES } from './subresource.js';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const METADATA = 'x-amz-meta-';

type Headers = [string, string][];

function fits(binding: S3Binding, request: RequestHead, target: S3Binding['target'], query: URLSearchParams): boolean {
  return (
    binding.method === request.method &&
    binding.target === target &&
    (binding.when ?? []).every((name) => query.has(name)) &&
    (binding.whenHeader === undefined || header(request, binding.whenHeader) !== undefined)
  );
}

function weight({ when = [], whenHeader }: S3Binding): number {
  return when.length * 2 + (whenHeader === undefined ? 0 : 1);
}

function metadataOf(request: RequestHead): Record<string, string> {
  const metadata: Record<string, string> = {};
  for (const [name, value] of request.headers) {
    if (name.startsWith(METADATA)) metadata[name.slice(METADATA.length)] = value;
  }
  return metadata;
}

function readInput(binding: S3Binding, request: RequestHead, query: URLSearchParams): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [parameter, member] of Object.entries(binding.query ?? {})) {
    const value = query.get(parameter);
    if (value !== null) input[member] = value;
  }
  for (const [name, member] of Object.entries(binding.headers ?? {})) {
    const value = header(request, name);
    if (value !== undefined) input[member] = value;
  }
  if (binding.metadata) input.Metadata = metadataOf(request);
  const owner = header(request, 'x-amz-expected-bucket-owner');
  if (owner !== undefined) input.ExpectedBucketOwner = owner;
  return input;
}

function headerText(value: unknown): string {
  return value instanceof Date ? value.toUTCString() : String(value);
}

function respond(binding: S3Binding, output: unknown, requestId: string): HttpResponse {
  const members: Record<string, unknown> =
    typeof output === 'object' && output !== null ? { ...(output as Record<string, unknown>) } : {};
  const { status = 200, statusMember, headers = {}, element, payload } = binding.output ?? {};
  const sent: Headers = [
    ['x-amz-request-id', requestId],
    ['x-amz-id-2', requestId],
    ['server', 'AmazonS3'],
  ];
  for (const [member, name] of Object.entries(headers)) {
    const value = members[member];
    if (value !== undefined) sent.push([name, headerText(value)]);
    delete members[member];
  }
  if (binding.metadata && typeof members.Metadata === 'object' && members.Metadata !== null) {
    for (const [name, value] of Object.entries(members.Metadata)) sent.push([METADATA + name, String(value)]);
    delete members.Metadata;
  }
  let code = status;
  if (statusMember !== undefined && typeof members[statusMember] === 'number') code = members[statusMember];
  if (payload !== undefined) {
    const body = members[payload];
    const known = body instanceof Uint8Array || typeof body === 'string' || isByteStream(body);
    const bytes = known ? body : '';
    return { status: code, headers: sent, body: bytes };
  }
  if (element === undefined) return { status: code, headers: sent, body: '' };
  sent.push(['content-type', 'application/xml']);
  const body = XML_DECLARATION + writeXml(element, { '@xmlns': NAMESPACE, ...members });
  return { status: code, headers: sent, body };
}

/** REST-XML as S3 speaks it. */
export function s3Protocol(operations: readonly S3Operation[]): Protocol {
  const bindings = new Map(operations.map(({ operation, binding }) => [operation.name, binding]));
  const byWeight = [...bindings].sort(([, a], [, b]) => weight(b) - weight(a));

  function find(request: RequestHead, target: S3Binding['target'], query: URLSearchParams): [string, S3Binding] {
    const found = byWeight.find(([, binding]) => fits(binding, request, target, query));
    const taken = new Set([...(found?.[1].when ?? []), ...Object.keys(found?.[1].query ?? {})]);
    for (const name of query.keys()) {
      if (SUBRESOURCES.has(name) && !taken.has(name)) {
        throw s3Error.notImplemented(`${request.method} ?${name} of a ${target}`);
      }
    }
    if (!found) throw s3Error.notImplemented(`${request.method} of a ${target}`);
    return found;
  }

  function read(head: RequestHead) {
    const { bucket, key } = addressOf(head);
    const query = new URLSearchParams(head.query);
    const target = key !== '' ? 'object' : bucket !== '' ? 'bucket' : 'service';
    refuseUnsupportedHeaders(head);
    const [operation, binding] = find(head, target, query);
    const input = readInput(binding, head, query);
    if (bucket !== '') input.Bucket = bucket;
    if (key !== '') input.Key = key;
    return { operation, binding, input };
  }

  return {
    family: 'rest-xml',
    decode: (request) => {
      const { operation, binding, input } = read(request);
      if (binding.bytes) input[binding.bytes] = request.body;
      if (binding.xml && request.body.length > 0) input[binding.xml] = readXml(request.body);
      return { operation, input };
    },
    decodeStreamed: (head, body) => {
      const { operation, binding, input } = read(head);
      if (binding.stream === undefined) return undefined;
      input[binding.stream] = body;
      return { operation, input };
    },
    encode: (operation, output, requestId) => respond(bindings.get(operation) ?? EMPTY, output, requestId),
    encodeError: (error, requestId, request) => {
      const { code, message, status, fields } = asAwsError(error);
      const headers: Headers = [
        ['x-amz-request-id', requestId],
        ['x-amz-id-2', requestId],
        ['content-type', 'application/xml'],
      ];
      if (typeof fields.Region === 'string') headers.push(['x-amz-bucket-region', fields.Region]);
      if (request.method === 'HEAD' || status === 304) return { status, headers, body: '' };
      const body = { Code: code, Message: message, ...fields, Resource: request.path, RequestId: requestId };
      return { status, headers, body: XML_DECLARATION + writeXml('Error', body) };
    },
  };
}

const EMPTY: S3Binding = { method: 'GET', target: 'service' };
