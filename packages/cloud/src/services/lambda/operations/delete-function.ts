import { AwsError } from '../../../core/aws-error.js';
import { parseFunctionName } from '../function-name.js';
import { functionNotFound } from '../function-store.js';
import { invalidParameter } from '../invalid-parameter.js';
import { functionAccess, lambdaOperation } from '../service-state.js';
import { readReference } from './get-function.js';

export const deleteFunction = lambdaOperation({
  name: 'DeleteFunction',
  http: {
    method: 'DELETE',
    path: '/2015-03-31/functions/{FunctionName}',
    query: { Qualifier: 'Qualifier' },
    status: 204,
  },
  parse: readReference,
  access: (row) => [functionAccess(row, 'DeleteFunction')],
  handle: async ({ functionName, qualifier }, call, { executor, functions }) => {
    /** A stack knows a version by the physical id under which it was published. */
    const publishedAs = async (resourceId: string): Promise<string> => {
      const { versions } = await functions.get(reference);
      const version = versions.find((each) => each.resourceId === resourceId);
      if (version === undefined) throw functionNotFound({ ...reference, qualifier: resourceId });
      return version.version;
    };
    const reference = parseFunctionName(functionName, qualifier, call);
    const version = call.resourceId === undefined ? reference.qualifier : await publishedAs(call.resourceId);
    if (version === undefined) {
      await functions.delete(reference);
      await executor.forget(reference, reference.name);
      return;
    }
    if (version === '$LATEST')
      throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
    await functions.change(reference, (record) => {
      const alias = record.aliases.find((each) => each.version === version || version in (each.weights ?? {}));
      if (alias) {
        throw new AwsError(
          'ResourceConflictException',
          `Cannot delete version ${version} because it is in use by aliases: [${alias.name}]`,
          409,
          { Type: 'User' },
        );
      }
      const versions = record.versions.filter((each) => each.version !== version);
      if (versions.length === record.versions.length) throw functionNotFound(reference);
      return { ...record, versions };
    });
    await executor.forget(reference, reference.name, version);
  },
});
