import { pageOf } from '../../../kit/page.js';
import { functionArn, parseUnqualifiedName } from '../functions/function-name.js';
import { type FunctionRecord, functionConfiguration, listedConfiguration } from '../functions/function-record.js';
import { checkRevision } from '../functions/revision.js';
import { publish } from '../functions/versions.js';
import { conflict, invalidMarker, invalidParameter } from '../lambda-error.js';
import { functionAccess, lambdaOperation } from '../service-state.js';

export const publishVersion = lambdaOperation({
  name: 'PublishVersion',
  limits: { Description: { max: 256 } },
  parse: ({ FunctionName, Description, CodeSha256, RevisionId }, scope) => ({
    reference: parseUnqualifiedName(FunctionName, scope),
    description: Description,
    codeSha256: CodeSha256,
    revisionId: RevisionId,
  }),
  access: (row) => [functionAccess(row, 'PublishVersion')],
  handle: async ({ reference, description, codeSha256, revisionId }, { resourceId }, { context, functions }) => {
    const record = await functions.change(reference, (before) => {
      checkRevision(revisionId, before.latest.revisionId, 'GetFunction/GetAlias');
      if (codeSha256 !== undefined && codeSha256 !== before.latest.codeSha256) {
        throw invalidParameter(
          `CodeSHA256 (${codeSha256}) is different from current CodeSHA256 in $LATEST (${before.latest.codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
        );
      }
      if (resourceId === undefined) return publish(before, description, context.now());
      return publishAs(resourceId, before, description, context.now());
    });
    const own = resourceId && record.versions.find((each) => each.resourceId === resourceId);
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
    throw conflict(
      `A version for this Lambda function exists ( ${version?.version} ). Modify the function to create a new version.`,
    );
  }
  return { ...after, versions: [...before.versions, { ...version, resourceId }] };
}

const LARGEST_PAGE = 50;

export const listVersionsByFunction = lambdaOperation({
  name: 'ListVersionsByFunction',
  limits: { MaxItems: { min: 1, max: 10_000 } },
  parse: ({ FunctionName, ...list }, scope) => ({ reference: parseUnqualifiedName(FunctionName, scope), ...list }),
  access: (row) => [functionAccess(row, 'ListVersionsByFunction')],
  handle: async ({ reference, Marker, MaxItems = LARGEST_PAGE }, _call, { functions }) => {
    const record = await functions.get(reference);
    const { items, next } = pageOf([record.latest, ...record.versions], {
      keyOf: ({ version }) => (version === '$LATEST' ? '' : version.padStart(10, '0')),
      limit: Math.min(MaxItems, LARGEST_PAGE),
      token: Marker,
      of: ['ListVersionsByFunction', functionArn(reference)],
      refuse: invalidMarker,
    });
    return {
      Versions: items.map((version) => listedConfiguration(record, version, reference, version.version)),
      NextMarker: next,
    };
  },
});
