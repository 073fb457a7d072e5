import { requestTags } from '../../../core/access.js';
import { randomId } from '../../../core/random-id.js';
import { loadPackage, parseCodeSource } from '../functions/deployment-package.js';
import { checkExecutionRole } from '../functions/execution-role.js';
import { parseNewFunctionName } from '../functions/function-name.js';
import {
  type FunctionRecord,
  type FunctionVersion,
  functionConfiguration,
  pending,
} from '../functions/function-record.js';
import { ARCHITECTURES, checkLogging, parseSettings, SETTINGS_LIMITS } from '../functions/function-settings.js';
import { withStored } from '../functions/recorded-function.js';
import { publish } from '../functions/versions.js';
import { invalidParameter } from '../lambda-error.js';
import { loadLayers } from '../layers/function-layers.js';
import { callAt, functionAccess, lambdaOperation, layersAccess, passRoleAccess } from '../service-state.js';
import { newTags } from '../tags.js';

export const createFunction = lambdaOperation({
  name: 'CreateFunction',
  limits: { ...SETTINGS_LIMITS, Architectures: ARCHITECTURES, PackageType: { values: ['Zip', 'Image'] } },
  parse: (input, scope) => ({
    reference: parseNewFunctionName(input.FunctionName, scope),
    settings: parseSettings(input),
    role: input.Role,
    code: parseCodeSource(input.Code),
    architectures: input.Architectures ?? ['x86_64'],
    packageType: input.PackageType === 'Image' ? input.PackageType : undefined,
    publishes: input.Publish ?? false,
    tags: input.Tags ?? {},
    codeSigningConfigArn: input.CodeSigningConfigArn,
  }),
  access: (row) => [
    functionAccess(row, 'CreateFunction', {
      ...requestTags(({ tags }) => tags),
      'lambda:CodeSigningConfigArn': ({ input }) => input.codeSigningConfigArn,
      'lambda:Layer': ({ input }) => input.settings.layers,
    }),
    passRoleAccess(row, ({ role }) => role),
    layersAccess(row, ({ settings }) => settings.layers),
  ],
  handle: async ({ reference, settings, role, code, architectures, packageType, tags, ...rest }, call, state) => {
    const { publishes, codeSigningConfigArn } = rest;
    const { context, functions } = state;
    const { name } = reference;
    const { runtime, handler, environment } = settings;
    if (packageType === undefined && (runtime === undefined || handler === undefined)) {
      throw invalidParameter(
        'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
      );
    }
    if (code === undefined) throw invalidParameter('Please provide a source for function code.');
    const allTags = newTags(tags, call);
    await checkExecutionRole(context, call, role, name);
    const { zip, sha256 } = await loadPackage(code, callAt(call, reference), context);
    const { references, codes } = await loadLayers(settings.layers ?? [], reference, state.layers);
    const latest: FunctionVersion = {
      version: '$LATEST',
      description: settings.description ?? '',
      runtime: runtime ?? '',
      role,
      handler: handler ?? '',
      codeSha256: sha256,
      codeSize: zip.length,
      timeout: settings.timeout ?? 3,
      memorySize: settings.memorySize ?? 128,
      ephemeralStorage: settings.ephemeralStorage ?? 512,
      lastModified: context.now(),
      revisionId: randomId.uuid(),
      contentId: randomId.uuid(),
      architectures,
      tracingMode: settings.tracingMode ?? 'PassThrough',
      environment,
      layers: references.length > 0 ? references : undefined,
      logging: { format: 'Text', group: `/aws/lambda/${name}`, ...settings.logging },
      packageType,
      imageUri: code.kind === 'image' ? code.uri : undefined,
      deadLetter: settings.deadLetter || undefined,
      stored: withStored(undefined, settings.stored),
    };
    checkLogging(latest.logging);
    const record: FunctionRecord = {
      name,
      latest,
      versions: [],
      lastVersion: 0,
      aliases: [],
      policies: {},
      tags: allTags,
      codeSigningConfigArn,
    };
    const stored = publishes ? publish(record, latest.description, context.now()) : record;
    await functions.create(reference, stored, [{ codeSha256: sha256, code: zip }, ...codes]);
    return pending(functionConfiguration(stored, stored.versions[0] ?? latest, reference));
  },
});
