import { randomId } from '../../../core/random-id.js';
import { loadPackage, parseCodeSource } from '../functions/deployment-package.js';
import { parseLatestName } from '../functions/function-name.js';
import { type FunctionRecord, functionConfiguration, inProgress, pending } from '../functions/function-record.js';
import { ARCHITECTURES } from '../functions/function-settings.js';
import { checkRevision } from '../functions/revision.js';
import { publish } from '../functions/versions.js';
import { invalidParameter } from '../lambda-error.js';
import { callAt, functionAccess, lambdaOperation } from '../service-state.js';

export const updateFunctionCode = lambdaOperation({
  name: 'UpdateFunctionCode',
  limits: { Architectures: ARCHITECTURES },
  parse: (input, scope) => ({
    reference: parseLatestName(input.FunctionName, scope),
    code: parseCodeSource(input),
    architectures: input.Architectures,
    publishes: input.Publish ?? false,
    dryRun: input.DryRun ?? false,
    revisionId: input.RevisionId,
  }),
  access: (row) => [functionAccess(row, 'UpdateFunctionCode')],
  handle: async ({ reference, code, architectures, publishes, dryRun, revisionId }, call, { context, functions }) => {
    const before = await functions.get(reference);
    if (code === undefined) throw invalidParameter('Please provide a source for function code.');
    const { zip, sha256 } = await loadPackage(code, callAt(call, reference), context);
    const changed = (record: FunctionRecord): FunctionRecord => {
      checkRevision(revisionId, record.latest.revisionId, 'GetFunction/GetAlias');
      const after = {
        ...record,
        latest: {
          ...record.latest,
          codeSha256: sha256,
          codeSize: zip.length,
          architectures: architectures ?? record.latest.architectures,
          lastModified: context.now(),
          revisionId: randomId.uuid(),
          contentId: randomId.uuid(),
        },
      };
      return publishes ? publish(after, undefined, context.now()) : after;
    };
    const record = dryRun
      ? changed(before)
      : await functions.change(reference, changed, [{ codeSha256: sha256, code: zip }]);
    const version = publishes ? record.versions.at(-1) : undefined;
    if (version) return pending(functionConfiguration(record, version, reference, version.version));
    const configuration = functionConfiguration(record, record.latest, reference);
    return dryRun ? configuration : inProgress(configuration);
  },
});
