import { InputReader } from '../../../core/input-reader.js';
import { randomId } from '../../../core/random-id.js';
import { checkExecutionRole } from '../execution-role.js';
import { loadLayers } from '../function-layers.js';
import { parseLatestName } from '../function-name.js';
import { type FunctionRecord, functionConfiguration } from '../function-record.js';
import { checkLogging, readSettings } from '../function-settings.js';
import { withStored } from '../recorded-function.js';
import { checkRevision } from '../revision.js';
import { functionAccess, lambdaOperation, layersAccess, passRoleAccess } from '../service-state.js';

export const updateFunctionConfiguration = lambdaOperation({
  name: 'UpdateFunctionConfiguration',
  http: { method: 'PUT', path: '/2015-03-31/functions/{FunctionName}/configuration' },
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      functionName: input.requiredText('FunctionName'),
      settings: readSettings(input),
      revisionId: input.text('RevisionId'),
    };
    input.check();
    return parsed;
  },
  access: (row) => [
    functionAccess(row, 'UpdateFunctionConfiguration', { 'lambda:Layer': ({ input }) => input.settings.layers }),
    passRoleAccess(row, ({ settings }) => settings.role),
    layersAccess(row, ({ settings }) => settings.layers),
  ],
  handle: async ({ functionName, settings, revisionId }, call, { context, functions, ...state }) => {
    const reference = parseLatestName(functionName, call);
    await functions.get(reference);
    const { logging, layers, stored: members, ...given } = settings;
    const loaded = layers && (await loadLayers(layers, reference, state.layers));
    if (given.role !== undefined) await checkExecutionRole(context, reference, given.role, reference.name);
    const record = await functions.change(
      reference,
      (before): FunctionRecord => {
        const { latest } = before;
        checkRevision(revisionId, latest.revisionId, 'GetFunction');
        const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
        // Levels belong to JSON logs alone; they go with them.
        const { format, group } = latest.logging;
        const kept = logging?.format === 'Text' ? { format, group } : latest.logging;
        const { environment, layers: had, stored: storedBefore, ...others } = { ...latest, ...set };
        const stored = withStored(storedBefore, members);
        const references = loaded?.references ?? had ?? [];
        const after = {
          ...others,
          ...(environment && Object.keys(environment).length > 0 && { environment }),
          ...(references.length > 0 && { layers: references }),
          ...(stored && { stored }),
          logging: { ...kept, ...logging },
          lastModified: context.now(),
          revisionId: randomId.uuid(),
        };
        checkLogging(after.logging);
        return { ...before, latest: after };
      },
      loaded?.codes,
    );
    return functionConfiguration(record, record.latest, reference);
  },
});
