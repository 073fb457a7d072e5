import { AwsError } from '../../../core/aws-error.js';
import { InputReader } from '../../../core/input-reader.js';
import { parseUnqualifiedName } from '../function-name.js';
import { type FunctionRecord, functionConfiguration } from '../function-record.js';
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
  access: (row) => [functionAccess(row, 'PublishVersion')],
  handle: async ({ functionName, description, codeSha256, revisionId }, call, { context, functions }) => {
    const reference = parseUnqualifiedName(functionName, call);
    const record = await functions.change(reference, (before) => {
      checkRevision(revisionId, before.latest.revisionId, 'GetFunction');
      if (codeSha256 !== undefined && codeSha256 !== before.latest.codeSha256) {
        throw invalidParameter(
          `CodeSHA256 (${codeSha256}) is different from current CodeSHA256 in $LATEST (${before.latest.codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
        );
      }
      if (call.resourceId === undefined) return publish(before, description, context.now());
      return publishAs(call.resourceId, before, description, context.now());
    });
    const own = call.resourceId && record.versions.find(({ resourceId }) => resourceId === call.resourceId);
    const version = own || record.versions.at(-1) || record.latest;
    return functionConfiguration(record, version, reference, version.version);
  },
});

/** Publishes the version of a stack's resource: once, and only where there is something to publish. */
function publishAs(resourceId: string, before: FunctionRecord, description: string | undefined, now: number) {
  if (before.versions.some((version) => version.resourceId === resourceId)) return before;
  const after = publish(before, description, now);
  const version = after.versions.at(-1);
  if (after === before || version === undefined) {
    throw new AwsError(
      'ResourceConflictException',
      `A version for this Lambda function exists ( ${version?.version} ). Modify the function to create a new version.`,
      409,
      { Type: 'User' },
    );
  }
  return { ...after, versions: [...before.versions, { ...version, resourceId }] };
}

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
  access: (row) => [functionAccess(row, 'ListVersionsByFunction')],
  handle: async ({ functionName, marker, limit }, call, { functions }) => {
    const reference = parseUnqualifiedName(functionName, call);
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
