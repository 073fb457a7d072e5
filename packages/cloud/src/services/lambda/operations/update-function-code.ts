import { InputReader } from '../../../core/input-reader.js';
import { randomId } from '../../../core/random-id.js';
import { loadPackage, readCodeSource } from '../deployment-package.js';
import { parseLatestName } from '../function-name.js';
import { functionConfiguration } from '../function-record.js';
import { invalidParameter } from '../invalid-parameter.js';
import { checkRevision } from '../revision.js';
import { callAt, functionAccess, lambdaOperation } from '../service-state.js';
import { publish } from '../versions.js';

export const updateFunctionCode = lambdaOperation({
  name: 'UpdateFunctionCode',
  http: { method: 'PUT', path: '/2015-03-31/functions/{FunctionName}/code' },
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      functionName: input.requiredText('FunctionName'),
      code: readCodeSource(input),
      architectures: input.texts('Architectures'),
      publish: input.flag('Publish') ?? false,
      dryRun: input.flag('DryRun') ?? false,
      revisionId: input.text('RevisionId'),
    };
    input.check();
    return parsed;
  },
  access: (row) => [functionAccess(row, 'UpdateFunctionCode')],
  handle: async ({ functionName, code, architectures, revisionId, ...input }, call, { context, functions }) => {
    const reference = parseLatestName(functionName, call);
    const before = await functions.get(reference);
    if (code === undefined) throw invalidParameter('Please provide a source for function code.');
    const { zip, sha256 } = await loadPackage(code, callAt(call, reference), context);
    const changed = (record: typeof before) => {
      checkRevision(revisionId, record.latest.revisionId, 'GetFunction');
      const after = {
        ...record,
        latest: {
          ...record.latest,
          codeSha256: sha256,
          codeSize: zip.length,
          ...(architectures && { architectures }),
          lastModified: context.now(),
          revisionId: randomId.uuid(),
        },
      };
      return input.publish ? publish(after, undefined, context.now()) : after;
    };
    const record = input.dryRun
      ? changed(before)
      : await functions.change(reference, changed, [{ codeSha256: sha256, code: zip }]);
    const version = input.publish ? record.versions.at(-1) : undefined;
    return functionConfiguration(record, version ?? record.latest, reference, version?.version);
  },
});
