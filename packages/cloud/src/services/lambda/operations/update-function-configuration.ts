import { randomId } from '../../../core/random-id.js';
import { checkExecutionRole } from '../functions/execution-role.js';
import { parseLatestName } from '../functions/function-name.js';
import {
  type FunctionRecord,
  type FunctionVersion,
  functionConfiguration,
  inProgress,
} from '../functions/function-record.js';
import { checkLogging, type FunctionSettings, parseSettings, SETTINGS_LIMITS } from '../functions/function-settings.js';
import { withStored } from '../functions/recorded-function.js';
import { checkRevision } from '../functions/revision.js';
import { loadLayers } from '../layers/function-layers.js';
import type { LayerReference } from '../layers/layer-record.js';
import { functionAccess, lambdaOperation, layersAccess, passRoleAccess } from '../service-state.js';

export const updateFunctionConfiguration = lambdaOperation({
  name: 'UpdateFunctionConfiguration',
  limits: SETTINGS_LIMITS,
  parse: (input, scope) => ({
    reference: parseLatestName(input.FunctionName, scope),
    settings: parseSettings(input),
    revisionId: input.RevisionId,
  }),
  access: (row) => [
    functionAccess(row, 'UpdateFunctionConfiguration', { 'lambda:Layer': ({ input }) => input.settings.layers }),
    passRoleAccess(row, ({ settings }) => settings.role),
    layersAccess(row, ({ settings }) => settings.layers),
  ],
  handle: async ({ reference, settings, revisionId }, _call, { context, functions, layers }) => {
    await functions.get(reference);
    const loaded = settings.layers && (await loadLayers(settings.layers, reference, layers));
    if (settings.role !== undefined) await checkExecutionRole(context, reference, settings.role, reference.name);
    const change = (before: FunctionRecord): FunctionRecord => {
      checkRevision(revisionId, before.latest.revisionId, 'GetFunction/GetAlias');
      const latest = withSettings(before.latest, settings, loaded?.references);
      return {
        ...before,
        latest: {
          ...latest,
          lastModified: context.now(),
          revisionId: randomId.uuid(),
          contentId: randomId.uuid(),
        },
      };
    };
    const record = await functions.change(reference, change, loaded?.codes);
    return inProgress(functionConfiguration(record, record.latest, reference));
  },
});

function withSettings(
  latest: FunctionVersion,
  { logging, layers: _, stored, deadLetter, ...settings }: FunctionSettings,
  layers: readonly LayerReference[] = latest.layers ?? [],
): FunctionVersion {
  const set = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  const after: FunctionVersion = { ...latest, ...set };
  // Levels belong to JSON logs alone; they go with them.
  const { format, group } = latest.logging;
  const kept = logging?.format === 'Text' ? { format, group } : latest.logging;
  const changed: FunctionVersion = {
    ...after,
    environment: settings.environment && Object.keys(settings.environment).length === 0 ? undefined : after.environment,
    layers: layers.length > 0 ? layers : undefined,
    logging: { ...kept, ...logging },
    deadLetter: (deadLetter ?? latest.deadLetter) || undefined,
    stored: withStored(latest.stored, stored),
  };
  checkLogging(changed.logging);
  return changed;
}
