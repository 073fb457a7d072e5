import type { ResourceContext } from '../../../core/resource-type.js';
import { isList, isMap, type Json, type JsonMap, mapOf } from '../template/json.js';
import { validationError } from '../template/template-error.js';

const REFERENCE = /\{\{resolve:([^:}]+):([^}]*)\}\}/g;

/**
 * Properties with `{{resolve:ssm:name:version}}` and the like replaced by their values, read with the stack's
 * credentials.
 * @throws AwsError for references to other stores, and for values that are not there
 */
export async function resolveDynamicReferences(properties: JsonMap, context: ResourceContext): Promise<JsonMap> {
  const resolved = await resolveValue(properties, context);
  return isMap(resolved) ? resolved : {};
}

async function resolveValue(value: Json, context: ResourceContext): Promise<Json> {
  if (typeof value === 'string') return value.includes('{{resolve:') ? resolveText(value, context) : value;
  if (isList(value)) return Promise.all(value.map((item) => resolveValue(item, context)));
  if (!isMap(value)) return value;
  const members = Object.entries(value).map(
    async ([key, member]) => [key, await resolveValue(member, context)] as const,
  );
  return mapOf(await Promise.all(members));
}

async function resolveText(text: string, context: ResourceContext): Promise<string> {
  let result = '';
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const [whole, service = '', reference = ''] = match;
    const resolve = STORES[service];
    if (resolve === undefined) {
      throw validationError(`Dynamic references to ${service} are not supported by this cloud: ${whole}`);
    }
    result += text.slice(end, match.index) + (await resolve(reference, context));
    end = match.index + whole.length;
  }
  return result + text.slice(end);
}

type Resolve = (reference: string, context: ResourceContext) => Promise<string>;

const STORES: Readonly<Record<string, Resolve>> = {
  ssm: async (Name, { call }) => (await call('ssm', 'GetParameter', { Name })).Parameter?.Value ?? '',
  'ssm-secure': async (Name, { call }) =>
    (await call('ssm', 'GetParameter', { Name, WithDecryption: true })).Parameter?.Value ?? '',
  secretsmanager: secretValue,
};

/** An ARN has six colons of its own. */
const SECRET =
  /^(?<id>arn(?::[^:]*){6}|[^:]*)(?::(?<what>[^:]*)(?::(?<key>[^:]*)(?::(?<stage>[^:]*)(?::(?<version>[^:]*))?)?)?)?$/;

/** `secret-id:SecretString:json-key:version-stage:version-id`, of which all but the first may be left out. */
async function secretValue(reference: string, { call }: ResourceContext): Promise<string> {
  const { id = '', what, key, stage, version } = SECRET.exec(reference)?.groups ?? {};
  if (id === '' || (what && what !== 'SecretString')) {
    throw validationError(`Invalid dynamic reference: {{resolve:secretsmanager:${reference}}}`);
  }
  const { SecretString: text = '' } = await call('secretsmanager', 'GetSecretValue', {
    SecretId: id,
    ...(stage && { VersionStage: stage }),
    ...(version && { VersionId: version }),
  });
  return key ? memberIn(text, key, id) : text;
}

function memberIn(text: string, key: string, id: string): string {
  try {
    const value: unknown = JSON.parse(text);
    const member: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
    if (member !== undefined) return typeof member === 'string' ? member : JSON.stringify(member);
  } catch {
    throw validationError(`Could not parse SecretString JSON of ${id}`);
  }
  throw validationError(`Could not find a value associated with JSONKey ${key} in SecretString of ${id}`);
}
