import { InputReader } from '../../../core/input-reader.js';
import { parseFunctionName } from '../function-name.js';
import { functionConfiguration } from '../function-record.js';
import { invalidParameter } from '../invalid-parameter.js';
import { checkRevision } from '../revision.js';
import { functionAccess, lambdaOperation } from '../service-state.js';
import { publish } from '../versions.js';

export const publishVersion = lambdaOperation({
  name: 'PublishVersion',
  http: { method: 'POST', path: '/2015-03-31/functions/{FunctionName}/versions', status: 201 },
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      functionName: input.requiredText('FunctionName'),
      description: input.text('Description', { max: 256 }),
      codeSha256: input.text('CodeSha256'),
      revisionId: input.text('RevisionId'),
    };
    input.check();
    return parsed;
  },
  access: ({ functionName }, call) =>
    functionAccess('PublishVersion')({ reference: parseFunctionName(functionName, undefined, call) }),
  handle: async ({ functionName, description, codeSha256, revisionId }, call, { context, functions }) => {
    const reference = parseFunctionName(functionName, undefined, call);
    const record = await functions.change(reference, (before) => {
      checkRevision(revisionId, before.latest.revisionId, 'GetFunction');
      if (codeSha256 !== undefined && codeSha256 !== before.latest.codeSha256) {
        throw invalidParameter(
          `CodeSHA256 (${codeSha256}) is different from current CodeSHA256 in $LATEST (${before.latest.codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
        );
      }
      return publish(before, description, context.now());
    });
    const version = record.versions.at(-1) ?? record.latest;
    return functionConfiguration(record, version, reference, version.version);
  },
});

export const listVersionsByFunction = lambdaOperation({
  name: 'ListVersionsByFunction',
  http: {
    method: 'GET',
    path: '/2015-03-31/functions/{FunctionName}/versions',
    query: { Marker: 'Marker', MaxItems: 'MaxItems' },
  },
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      functionName: input.requiredText('FunctionName'),
      marker: input.integer('Marker', { min: 0, max: Number.MAX_SAFE_INTEGER }) ?? 0,
      limit: Math.min(50, input.integer('MaxItems', { min: 1, max: 10_000 }) ?? 50),
    };
    input.check();
    return parsed;
  },
  access: ({ functionName }, call) =>
    functionAccess('ListVersionsByFunction')({ reference: parseFunctionName(functionName, undefined, call) }),
  handle: async ({ functionName, marker, limit }, call, { functions }) => {
    const reference = parseFunctionName(functionName, undefined, call);
    const record = await functions.get(reference);
    const all = [record.latest, ...record.versions];
    return {
      Versions: all
        .slice(marker, marker + limit)
        .map((version) => functionConfiguration(record, version, reference, version.version)),
      ...(marker + limit < all.length && { NextMarker: String(marker + limit) }),
    };
  },
});
