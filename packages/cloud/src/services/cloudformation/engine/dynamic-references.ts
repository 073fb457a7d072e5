import type { ResourceContext } from '../../../core/resource-type.js';
import { isList, isMap, type Json, type JsonMap, mapOf } from '../template/json.js';
import { validationError } from '../template/template-error.js';

const REFERENCE = /\{\{resolve:([^:}]+):([^}]*)\}\}/g;

/**
 * Properties with `{{resolve:ssm:name:version}}` replaced by the parameter's value, read with the stack's credentials.
 * @throws AwsError for references to other stores
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
    const [whole, service, name = ''] = match;
    if (service !== 'ssm')
      throw validationError(`Dynamic references to ${service} are not supported by this cloud: ${whole}`);
    const output = await context.call('ssm', 'GetParameter', { Name: name });
    result += text.slice(end, match.index) + String(output.Parameter?.Value ?? '');
    end = match.index + whole.length;
  }
  return result + text.slice(end);
}
