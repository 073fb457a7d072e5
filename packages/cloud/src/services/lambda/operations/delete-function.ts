import { functionNotFound } from '../functions/function-store.js';
import { conflict, invalidParameter } from '../lambda-error.js';
import { functionAccess, lambdaOperation } from '../service-state.js';
import { parseQualified } from './get-function.js';

export const deleteFunction = lambdaOperation({
  name: 'DeleteFunction',
  parse: parseQualified,
  access: (row) => [functionAccess(row, 'DeleteFunction')],
  handle: async ({ reference }, call, { executor, functions, urls }) => {
    /** A stack knows a version by the physical id under which it was published. */
    const publishedAs = async (resourceId: string): Promise<string> => {
      const { versions } = await functions.get(reference);
      const version = versions.find((each) => each.resourceId === resourceId);
      if (version === undefined) throw functionNotFound({ ...reference, qualifier: resourceId });
      return version.version;
    };
    if (reference.qualifier === '$LATEST') {
      throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
    }
    // The error for a function that is not there names no version of it.
    await functions.get({ ...reference, qualifier: undefined });
    const version = call.resourceId === undefined ? reference.qualifier : await publishedAs(call.resourceId);
    if (version === undefined) {
      await functions.delete(reference);
      await urls.delete(...urls.list(reference));
      await executor.forget(reference, reference.name);
      return { StatusCode: 204 };
    }
    await functions.change(reference, (record) => {
      const alias = record.aliases.find((each) => each.version === version || version in (each.weights ?? {}));
      if (alias) {
        throw conflict(`Cannot delete version ${version} because it is in use by aliases: [${alias.name}]`);
      }
      const versions = record.versions.filter((each) => each.version !== version);
      // AWS answers the same if there is none.
      if (versions.length === record.versions.length) return record;
      const { [version]: _, ...provisioned } = record.provisioned ?? {};
      return { ...record, versions, provisioned };
    });
    await executor.forget(reference, reference.name, version);
    return { StatusCode: 204 };
  },
});
