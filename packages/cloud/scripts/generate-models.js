// Writes generated/models/<service>.json: AWS's model of a service as the SDK's client of it carries it: operations with
// their HTTP bindings, shapes with their members, errors with their statuses. The wire protocols of the cloud read and
// write by it (src/model).
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '../generated/models');
const script = readFileSync(fileURLToPath(import.meta.url));

// The SDK's codes of protocols, scalars and traits (@smithy/core, schema).
const PROTOCOLS = {
  AwsJson1_0Protocol: 'json-1.0',
  AwsJson1_1Protocol: 'json-1.1',
  AwsQueryProtocol: 'query',
  AwsRestJsonProtocol: 'rest-json',
  AwsRestXmlProtocol: 'rest-xml',
  S3RestXmlProtocol: 'rest-xml',
};
const SCALARS = {
  0: 'string',
  1: 'number',
  2: 'boolean',
  4: 'timestamp',
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds',
  15: 'document',
  17: 'number',
  19: 'number',
  21: 'blob',
  42: 'stream',
};
const FLAGS = [
  'httpLabel',
  'idempotent',
  'idempotencyToken',
  'sensitive',
  'httpPayload',
  'httpResponseCode',
  'httpQueryParams',
];
const WIRE = new Set([
  'httpLabel',
  'httpPayload',
  'httpResponseCode',
  'httpQueryParams',
  'httpHeader',
  'httpPrefixHeaders',
  'httpQuery',
  'jsonName',
  'xmlName',
  'xmlFlattened',
  'xmlAttribute',
  'xmlNamespace',
  'eventHeader',
  'eventPayload',
  'streaming',
]);

/** The cloud's name of a service to the name of the client that has its model. */
const clients = JSON.parse(readFileSync(join(here, 'model-clients.json'), 'utf8'));

mkdirSync(target, { recursive: true });
const missing = [];
for (const [service, name] of Object.entries(clients)) {
  try {
    writeModel(service, name);
  } catch (error) {
    if (error?.code !== 'MODULE_NOT_FOUND') throw error;
    missing.push(`@aws-sdk/client-${name}: ${error.message.split('\n')[0]}`);
  }
}
for (const file of readdirSync(target)) if (!(basename(file, '.json') in clients)) rmSync(join(target, file));
if (missing.length > 0) {
  console.error(`These clients cannot be loaded; run npm install:\n${missing.join('\n')}`);
  process.exitCode = 1;
}

function writeModel(service, name) {
  const file = join(target, `${service}.json`);
  const { version } = require(`@aws-sdk/client-${name}/package.json`);
  const fingerprint = createHash('sha256').update(version).update(script).digest('hex');
  if (existing(file)?.fingerprint === fingerprint) return;
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify({ fingerprint, ...modelOf(name) }));
  renameSync(unfinished, file);
}

function existing(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function modelOf(name) {
  const client = require(`@aws-sdk/client-${name}`);
  const [, Client] = Object.entries(client).find(([key]) => key.endsWith('Client') && key !== '__Client');
  const { protocol, protocolSettings } = new Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  }).config;
  const { defaultNamespace, xmlNamespace, version, serviceTarget, awsQueryCompatible } = protocolSettings;
  const shapes = [];
  const known = new Map();
  const operations = {};
  const errors = {};
  for (const [key, schema] of Object.entries(client)) {
    if (!key.endsWith('$') || !Array.isArray(schema)) continue;
    const [kind, , shapeName, traits] = schema;
    if (kind === 9) operations[shapeName] = operation(schema);
    if (kind !== -3 || shapeName.endsWith('ServiceException')) continue;
    const [queryCode] = traits.awsQueryError ?? [];
    errors[shapeName] = {
      status: traits.httpError ?? (traits.error === 'server' ? 500 : 400),
      shape: reference(schema),
      ...(queryCode !== undefined && queryCode !== shapeName && { queryCode }),
    };
  }
  return {
    protocol: PROTOCOLS[protocol.constructor.name],
    namespace: defaultNamespace,
    version,
    ...(xmlNamespace && { xmlNamespace }),
    ...(serviceTarget && { target: serviceTarget }),
    ...(awsQueryCompatible && { queryCompatible: true }),
    operations,
    errors,
    shapes,
  };

  function operation([, , , traits, input, output]) {
    const [method, uri, status] = traits.http ?? [];
    return {
      input: reference(input()),
      output: reference(output()),
      ...(method && { http: { method, uri, status } }),
    };
  }

  /** The place of a shape in `shapes`, or the name of a scalar. */
  function reference(found) {
    const schema = typeof found === 'function' ? found() : found;
    if (schema === 'unit') return 'unit';
    if (typeof schema === 'number') {
      if (schema & 64) return add(schema, { kind: 'list', item: SCALARS[schema & ~64] });
      if (schema & 128) return add(schema, { kind: 'map', key: 'string', value: SCALARS[schema & ~128] });
      return SCALARS[schema];
    }
    const [kind, , name, traits, first, second, required] = schema;
    if (kind === 0) return reference(first);
    if (known.has(schema)) return known.get(schema);
    const at = add(schema, {});
    shapes[at] =
      kind === 1
        ? { kind: 'list', name, item: member(first) }
        : kind === 2
          ? { kind: 'map', name, key: member(first), value: member(second) }
          : structure(kind, name, traits, first, second, required);
    return at;
  }

  function add(schema, shape) {
    const place = known.get(schema);
    if (place !== undefined) return place;
    shapes.push(shape);
    known.set(schema, shapes.length - 1);
    return shapes.length - 1;
  }

  function structure(kind, name, traits, names, members, required = 0) {
    const { xmlName } = traitsOf(traits);
    return {
      kind: kind === 4 ? 'union' : 'structure',
      name,
      ...(xmlName !== undefined && { xmlName }),
      members: Object.fromEntries(names.map((each, at) => [each, member(members[at])])),
      ...(required > 0 && { required: names.slice(0, required) }),
    };
  }

  /** A reference, or one with the traits that its place has on the wire. */
  function member(found) {
    const [of, own] = Array.isArray(found) && found.length === 2 && typeof found[0] !== 'string' ? found : [found, 0];
    const traits = { ...shapeTraits(of), ...traitsOf(own) };
    return Object.keys(traits).length > 0 ? { target: reference(of), ...traits } : reference(of);
  }

  function shapeTraits(found) {
    const schema = typeof found === 'function' ? found() : found;
    return Array.isArray(schema) ? traitsOf(schema[3]) : {};
  }
}

/** The traits that change the wire; the others (documentation, endpoints, retries) are left out. */
function traitsOf(traits) {
  const found = typeof traits === 'number' ? flagsOf(traits) : traits;
  return Object.fromEntries(
    Object.entries(found ?? {}).flatMap(([name, value]) => (WIRE.has(name) ? [[name, value]] : [])),
  );
}

function flagsOf(bits) {
  return Object.fromEntries(FLAGS.flatMap((flag, at) => ((bits >> at) & 1 ? [[flag, 1]] : [])));
}
