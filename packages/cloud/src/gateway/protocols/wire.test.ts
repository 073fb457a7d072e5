import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import * as acm from '@aws-sdk/client-acm';
import * as apiGateway from '@aws-sdk/client-api-gateway';
import * as apiGatewayV2 from '@aws-sdk/client-apigatewayv2';
import * as cloudFormation from '@aws-sdk/client-cloudformation';
import * as cloudTrail from '@aws-sdk/client-cloudtrail';
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ecr from '@aws-sdk/client-ecr';
import * as events from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as kms from '@aws-sdk/client-kms';
import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import * as scheduler from '@aws-sdk/client-scheduler';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { HttpResponse } from '@smithy/core/protocols';
import { describe, expect, test } from 'vitest';
import { AwsError } from '../../core/aws-error.js';
import type { HttpRequest } from '../../core/http.js';
import type { Protocol } from '../../core/service.js';
import {
  type Member,
  type ServiceModel,
  serviceModel,
  shapeOf,
  targetOf,
  traitsOf,
} from '../../model/service-model.js';
import { s3Protocol } from '../../services/s3/wire/s3-protocol.js';
import { jsonProtocol } from './json.js';
import { jsonOrCbor } from './negotiated.js';
import { queryProtocol } from './query.js';
import { restJsonProtocol } from './rest-json.js';

/** The client checks it, and encodes one that is not of this form. */
const CUSTOMER_KEY = Buffer.alloc(32, 'k');

const WHEN = new Date(Date.UTC(2026, 1, 3, 4, 5, 6));

/** A value of a shape with everything in it that a wire could get wrong; a shape within itself ends after one turn. */
function sample(
  model: ServiceModel,
  member: Member,
  within: readonly (string | number)[] = [],
  name = '',
  place?: string | 1,
): unknown {
  const target = targetOf(member);
  const traits = traitsOf(member);
  const bound = traits.httpHeader ?? traits.httpQuery ?? traits.httpLabel ?? traits.httpPrefixHeaders ?? place;
  switch (target) {
    case 'string':
      // It changes the host and the kind of the signature, not the wire.
      if (name === 'EndpointId') return undefined;
      // The client computes the checksum that is named.
      if (name === 'ChecksumAlgorithm' && traits.httpHeader) return 'CRC32';
      if (name.endsWith('SSECustomerKey')) return CUSTOMER_KEY.toString('base64');
      if (name.endsWith('SSECustomerKeyMD5')) return createHash('md5').update(CUSTOMER_KEY).digest('base64');
      // The client makes it of Expires.
      if (name === 'ExpiresString') return WHEN.toUTCString();
      return bound === undefined ? 'a <b> & "ü" \n c' : 'a-b';
    case 'number':
      return 7;
    case 'boolean':
      return true;
    case 'blob':
    case 'stream':
      return Uint8Array.of(1, 2, 250, 255);
    case 'document':
      return { a: [1, 'two', null] };
    case 'unit':
      return {};
    case 'timestamp':
    case 'date-time':
    case 'http-date':
    case 'epoch-seconds':
      return WHEN;
  }
  if (within.includes(target)) return undefined;
  const inner = [...within, target];
  const shape = shapeOf(model, member);
  if (shape?.kind === 'list') {
    const item = sample(model, shape.item, inner, '', bound);
    return item === undefined ? [] : [item, item];
  }
  if (shape?.kind === 'map') {
    const value = sample(model, shape.value, inner, '', bound);
    return value === undefined ? {} : { first: value, 'second/one': value };
  }
  const members = Object.entries(shape?.members ?? {})
    .map(([key, each]) => [key, sample(model, each, inner, key)] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(shape?.kind === 'union' ? members.slice(0, 1) : members);
}

interface Sdk {
  readonly send: (command: object) => Promise<unknown>;
}

type ClientClass = new (options: object) => Sdk;

/** A client whose requests are answered here; it gives what the client sent and what it made of the answer. */
function clientOf(Client: ClientClass, options: object) {
  let sent: HttpRequest | undefined;
  let respond: (request: HttpRequest) => ReturnType<Protocol['encode']> = () => ({
    status: 500,
    headers: [],
    body: '',
  });
  const client = new Client({
    region: 'eu-west-1',
    endpoint: 'http://127.0.0.1:1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: SentRequest) => {
        sent = received(request);
        const { status, headers, body } = respond(sent);
        return {
          response: new HttpResponse({
            statusCode: status,
            headers: Object.fromEntries(headers),
            body: Readable.from(Buffer.from(bytesOf(body))),
          }),
        };
      },
    },
    ...options,
  });
  return async (command: object, answered: typeof respond) => {
    respond = answered;
    const answer = await client.send(command);
    if (!sent) throw new Error('nothing was sent');
    return { sent, answer };
  };
}

interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

function bytesOf(body: unknown): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : body instanceof Uint8Array ? body : new Uint8Array();
}

function received({ method, path, query, headers, body }: SentRequest): HttpRequest {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, one ?? '']),
  );
  return {
    method,
    path,
    query: new URLSearchParams(pairs).toString(),
    headers: Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    body: bytesOf(body),
    sourceIp: '127.0.0.1',
    signal: new AbortController().signal,
  };
}

interface Wire {
  readonly service: string;
  readonly sdk: Readonly<Record<string, unknown>>;
  readonly protocol: Protocol;
  /** Before AWS's name of an operation. */
  readonly prefix?: string;
  readonly options?: object;
  /** An error that the client has, where it does not keep the names of others. */
  readonly error?: string;
  /** Operations that clients send to another endpoint. */
  readonly elsewhere?: readonly string[];
}

const SQS_AS_QUERY = {
  md5: false,
  protocol: new AwsQueryProtocol({
    defaultNamespace: 'com.amazonaws.sqs',
    xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
    version: '2012-11-05',
  }),
};

const S3_ELSEWHERE = ['ListDirectoryBuckets', 'WriteGetObjectResponse'];

const S3_OPTIONS = {
  forcePathStyle: true,
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
};

const WIRES: readonly Wire[] = [
  { service: 'acm', sdk: acm, protocol: jsonProtocol('acm') },
  { service: 'apigateway', sdk: apiGateway, protocol: restJsonProtocol([{ model: 'apigateway' }]) },
  {
    service: 'apigatewayv2',
    sdk: apiGatewayV2,
    protocol: restJsonProtocol([{ model: 'apigateway' }, { model: 'apigatewayv2', prefix: 'V2' }]),
    prefix: 'V2',
  },
  { service: 'cloudformation', sdk: cloudFormation, protocol: queryProtocol('cloudformation') },
  { service: 'cloudwatch', sdk: cloudWatch, protocol: jsonProtocol('cloudwatch') },
  { service: 'cognito-idp', sdk: cognito, protocol: jsonProtocol('cognito-idp') },
  { service: 'dynamodb', sdk: dynamodb, protocol: jsonProtocol('dynamodb') },
  { service: 'ecr', sdk: ecr, protocol: jsonProtocol('ecr') },
  { service: 'events', sdk: events, protocol: jsonProtocol('events') },
  { service: 'iam', sdk: iam, protocol: queryProtocol('iam') },
  { service: 'lambda', sdk: lambda, protocol: restJsonProtocol([{ model: 'lambda' }]) },
  { service: 'logs', sdk: logs, protocol: jsonProtocol('logs') },
  { service: 's3', sdk: s3, protocol: s3Protocol(), options: S3_OPTIONS, elsewhere: S3_ELSEWHERE },
  { service: 'kinesis', sdk: kinesis, protocol: jsonProtocol('kinesis') },
  {
    service: 'kinesis',
    sdk: kinesis,
    protocol: jsonOrCbor(jsonProtocol('kinesis'), 'kinesis'),
    options: { protocol: new SmithyRpcV2CborProtocol({ defaultNamespace: 'com.amazonaws.kinesis' }) },
    error: 'ResourceInUseException',
  },
  { service: 'kms', sdk: kms, protocol: jsonProtocol('kms') },
  { service: 'cloudtrail', sdk: cloudTrail, protocol: jsonProtocol('cloudtrail') },
  { service: 'scheduler', sdk: scheduler, protocol: restJsonProtocol([{ model: 'scheduler' }]) },
  { service: 'secretsmanager', sdk: secretsManager, protocol: jsonProtocol('secretsmanager') },
  { service: 'sns', sdk: sns, protocol: queryProtocol('sns') },
  { service: 'sqs', sdk: sqs, protocol: jsonProtocol('sqs', { namedErrors: true }), options: { md5: false } },
  { service: 'sqs', sdk: sqs, protocol: queryProtocol('sqs'), options: SQS_AS_QUERY },
  { service: 'ssm', sdk: ssm, protocol: jsonProtocol('ssm') },
  { service: 'sts', sdk: sts, protocol: queryProtocol('sts') },
];

/** Bytes as they are, whatever class of its own a client gives them. */
function plainBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (Array.isArray(value)) return value.map(plainBytes);
  if (typeof value !== 'object' || value === null || value instanceof Date || 'transformToByteArray' in value)
    return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plainBytes(each)]));
}

/** A client's answer, with the bytes of its streams. */
async function readStreams(answer: unknown): Promise<unknown> {
  const read = Object.entries(Object(answer)).map(async ([name, value]) => {
    if (value instanceof Uint8Array) return [name, Uint8Array.from(value)] as const;
    const isStream = typeof value === 'object' && value !== null && 'transformToByteArray' in value;
    return [name, isStream ? new Uint8Array(await Object(value).transformToByteArray()) : plainBytes(value)] as const;
  });
  return { ...Object.fromEntries(await Promise.all(read)), $metadata: undefined };
}

function isClass(value: unknown): value is new (input: unknown) => object {
  return typeof value === 'function';
}

function classOf(sdk: Wire['sdk']): ClientClass {
  const [, Client] = Object.entries(sdk).find(([name]) => name.endsWith('Client') && name !== '__Client') ?? [];
  if (!isClass(Client)) throw new Error('no client');
  return Client as unknown as ClientClass;
}

/** Streams of events are read while they come, which the client of this test does not do. */
function isStreamOfEvents(model: ServiceModel, reference: Member): boolean {
  const shape = shapeOf(model, reference);
  if (shape?.kind !== 'structure') return false;
  return Object.values(shape.members).some((member) => {
    return traitsOf(member).streaming === 1 && shapeOf(model, member)?.kind === 'union';
  });
}

describe.each(WIRES)(
  '$service over $protocol.family',
  ({ service, sdk, protocol, prefix = '', options = {}, elsewhere = [], error = 'Odd' }) => {
    const model = serviceModel(service);
    const names = Object.entries(model.operations)
      .filter(([name, { output }]) => !elsewhere.includes(name) && !isStreamOfEvents(model, output))
      .map(([name]) => name);
    const exchange = clientOf(classOf(sdk), options);

    test.each(names)(
      '%s is read as the client wrote it, and its answer by the client as it was written',
      async (name) => {
        const { input: inputShape, output: outputShape } = model.operations[name] ?? { input: 'unit', output: 'unit' };
        const Command = sdk[`${name}Command`];
        if (!isClass(Command)) throw new Error('no command');
        const input = sample(model, inputShape);
        const output = sample(model, outputShape);
        const respond = (request: HttpRequest) => protocol.encode(prefix + name, output, 'request', request);
        const { sent, answer } = await exchange(new Command(input), respond);
        const decoded = protocol.decode(sent);
        expect(decoded.operation).toBe(prefix + name);
        expect(decoded.input).toEqual(input);
        expect(await readStreams(answer)).toEqual({ ...Object(output), $metadata: undefined });
      },
    );

    test('an error is told to the client by its name', async () => {
      const [name = ''] = names;
      const Command = sdk[`${name}Command`];
      if (!isClass(Command)) throw new Error('no command');
      const input = sample(model, model.operations[name]?.input ?? 'unit');
      const respond = (request: HttpRequest) =>
        protocol.encodeError(new AwsError(error, 'It is <odd>'), 'request', request);
      await expect(exchange(new Command(input), respond)).rejects.toMatchObject({
        name: error,
        message: 'It is <odd>',
        $metadata: { requestId: 'request' },
      });
    });
  },
);
