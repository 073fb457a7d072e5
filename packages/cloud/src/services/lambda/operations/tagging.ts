import { requestTags, tagKeys } from '../../../core/access.js';
import { InputReader } from '../../../core/input-reader.js';
import type { Call } from '../../../core/operation.js';
import { type FunctionReference, functionArn, parseFunctionName } from '../function-name.js';
import { invalidParameter } from '../invalid-parameter.js';
import {
  type FunctionTarget,
  functionTags,
  type LambdaKeys,
  type LambdaRow,
  lambdaOperation,
} from '../service-state.js';
import { readTags } from '../tags.js';

const PATH = '/2017-03-31/tags/{Resource}';

const tagAccess = <Input extends { readonly resource: string }>(
  row: LambdaRow<Input>,
  action: string,
  keys: LambdaKeys<NoInfer<Input>> = {},
) =>
  row<FunctionTarget>({
    action: `lambda:${action}`,
    type: 'function',
    on: ({ resource }, call) => {
      const reference = parseFunctionName(resource, undefined, call);
      return { resource: functionArn(reference), reference };
    },
    keys: { ...functionTags, ...keys },
  });

function taggedFunction(resource: string, call: Call): FunctionReference {
  const reference = parseFunctionName(resource, undefined, call);
  if (reference.qualifier === undefined) return reference;
  throw invalidParameter('Tags on function aliases and versions are not supported. Please specify a function ARN.');
}

export const tagResource = lambdaOperation({
  name: 'TagResource',
  http: { method: 'POST', path: PATH, status: 204 },
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = { resource: input.requiredText('Resource'), tags: input.textMap('Tags') ?? {} };
    input.check();
    return parsed;
  },
  access: (row) => [
    tagAccess(
      row,
      'TagResource',
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async ({ resource, tags }, call, { functions }) => {
    if (Object.keys(tags).some((key) => key.startsWith('aws:')) && call.resourceId === undefined) {
      throw invalidParameter('aws: prefixed tag key names are not allowed for external use.');
    }
    await functions.change(taggedFunction(resource, call), (record) => ({
      ...record,
      tags: readTags({ ...record.tags, ...tags }),
    }));
  },
});

export const untagResource = lambdaOperation({
  name: 'UntagResource',
  http: { method: 'DELETE', path: PATH, query: { tagKeys: 'TagKeys' }, status: 204 },
  parse: (raw) => {
    const input = new InputReader(raw);
    const keys: unknown = typeof raw === 'object' && raw !== null ? Reflect.get(raw, 'TagKeys') : undefined;
    const parsed = {
      resource: input.requiredText('Resource'),
      keys: typeof keys === 'string' ? [keys] : (input.texts('TagKeys') ?? []),
    };
    input.check();
    return parsed;
  },
  access: (row) => [
    tagAccess(
      row,
      'UntagResource',
      tagKeys(({ keys }) => keys),
    ),
  ],
  handle: async ({ resource, keys }, call, { functions }) => {
    await functions.change(taggedFunction(resource, call), (record) => ({
      ...record,
      tags: Object.fromEntries(Object.entries(record.tags).filter(([key]) => !keys.includes(key))),
    }));
  },
});

export const listTags = lambdaOperation({
  name: 'ListTags',
  http: { method: 'GET', path: PATH },
  parse: (raw) => {
    const input = new InputReader(raw);
    const resource = input.requiredText('Resource');
    input.check();
    return { resource };
  },
  access: (row) => [tagAccess(row, 'ListTags')],
  handle: async ({ resource }, call, { functions }) => ({
    Tags: (await functions.get(taggedFunction(resource, call))).tags,
  }),
});
