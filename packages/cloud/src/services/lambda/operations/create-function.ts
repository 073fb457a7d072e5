import { requestTags } from '../../../core/access.js';
import { InputReader } from '../../../core/input-reader.js';
import { randomId } from '../../../core/random-id.js';
import { loadPackage, readCodeSource } from '../deployment-package.js';
import { checkExecutionRole } from '../execution-role.js';
import { loadLayers } from '../function-layers.js';
import { parseNewFunctionName } from '../function-name.js';
import { type FunctionRecord, type FunctionVersion, functionConfiguration } from '../function-record.js';
import { checkLogging, readSettings } from '../function-settings.js';
import { invalidParameter } from '../invalid-parameter.js';
import { withStored } from '../recorded-function.js';
import { callAt, functionAccess, lambdaOperation, layersAccess, passRoleAccess } from '../service-state.js';
import { readTags } from '../tags.js';
import { publish } from '../versions.js';

export const createFunction = lambdaOperation({
  name: 'CreateFunction',
  http: { method: 'POST', path: '/2015-03-31/functions', status: 201 },
  parse: (raw) => {
    const input = new InputReader(raw);
    const functionName = input.requiredText('FunctionName');
    const architectures = input.texts('Architectures') ?? ['x86_64'];
    const settings = readSettings(input);
    const role = input.requiredText('Role');
    if (!input.has('Code')) input.missing('Code');
    input.check();
    return {
      functionName,
      settings,
      role,
      code: readCodeSource(input.structure('Code')),
      architectures,
      packageType: input.text('PackageType', { oneOf: ['Zip', 'Image'] }),
      publish: input.flag('Publish') ?? false,
      tags: readTags(input.textMap('Tags')),
    };
  },
  access: (row) => [
    functionAccess(row, 'CreateFunction', {
      ...requestTags(({ tags }) => tags),
      'lambda:Layer': ({ input }) => input.settings.layers,
    }),
    passRoleAccess(row, ({ role }) => role),
    layersAccess(row, ({ settings }) => settings.layers),
  ],
  handle: async ({ functionName, settings, role, code, architectures, tags, packageType, ...input }, call, state) => {
    const { context, functions } = state;
    const { name, ...scope } = parseNewFunctionName(functionName, call);
    const isImage = packageType === 'Image';
    if (!isImage && (settings.runtime === undefined || settings.handler === undefined)) {
      throw invalidParameter(
        'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
      );
    }
    if (code === undefined) throw invalidParameter('Please provide a source for function code.');
    if (architectures.length !== 1 || !['arm64', 'x86_64'].includes(architectures[0] ?? '')) {
      throw invalidParameter('Architectures must be one of [x86_64], [arm64]');
    }
    if (Object.keys(tags).some((key) => key.startsWith('aws:')) && call.resourceId === undefined) {
      throw invalidParameter('aws: prefixed tag key names are not allowed for external use.');
    }
    await checkExecutionRole(context, call, role, name);
    const { zip, sha256 } = await loadPackage(code, callAt(call, { ...scope, name }), context);
    const { references, codes } = await loadLayers(settings.layers ?? [], scope, state.layers);
    const members = withStored(undefined, settings.stored);
    const latest: FunctionVersion = {
      version: '$LATEST',
      description: settings.description ?? '',
      runtime: settings.runtime ?? '',
      role,
      handler: settings.handler ?? '',
      codeSha256: sha256,
      codeSize: zip.length,
      timeout: settings.timeout ?? 3,
      memorySize: settings.memorySize ?? 128,
      ephemeralStorage: settings.ephemeralStorage ?? 512,
      lastModified: context.now(),
      revisionId: randomId.uuid(),
      architectures,
      tracingMode: settings.tracingMode ?? 'PassThrough',
      ...(settings.environment &&
        Object.keys(settings.environment).length > 0 && { environment: settings.environment }),
      ...(references.length > 0 && { layers: references }),
      logging: { format: 'Text', group: `/aws/lambda/${name}`, ...settings.logging },
      ...(isImage && { packageType: 'Image' }),
      ...(code.kind === 'image' && { imageUri: code.uri }),
      ...(members && { stored: members }),
    };
    checkLogging(latest.logging);
    const record: FunctionRecord = {
      name,
      latest,
      versions: [],
      lastVersion: 0,
      aliases: [],
      policies: {},
      tags,
    };
    const stored = input.publish ? publish(record, latest.description, context.now()) : record;
    await functions.create(scope, stored, [{ codeSha256: sha256, code: zip }, ...codes]);
    return functionConfiguration(stored, stored.versions[0] ?? latest, scope);
  },
});
