import { anything } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { InputReader } from '../../../core/input-reader.js';
import type { Call } from '../../../core/operation.js';
import { loadPackage, readCodeSource } from '../deployment-package.js';
import { invalidParameter } from '../invalid-parameter.js';
import {
  type LayerName,
  type LayerRecord,
  layerArn,
  layerVersion,
  layerVersionEntry,
  parseLayerVersionArn,
} from '../layer-record.js';
import { anyAccess, type LambdaRow, lambdaOperation, layersAccess } from '../service-state.js';

const PATH = '/2018-10-31/layers';
const VERSIONS = `${PATH}/{LayerName}/versions`;

/** A layer's name, or its ARN. */
function nameOf(text: string): string {
  const name = text.split(':').at(-1) ?? '';
  if (!/^[\w-]{1,64}$/.test(name)) throw invalidParameter(`Invalid layer name: ${text}`);
  return name;
}

function readLayer(raw: unknown) {
  const input = new InputReader(raw);
  const name = nameOf(input.requiredText('LayerName'));
  const version = input.integer('VersionNumber', { min: 0, max: Number.MAX_SAFE_INTEGER });
  input.check();
  return { name, version: version ?? 0 };
}

type Layer = ReturnType<typeof readLayer>;

const versionOf = ({ name, version }: Layer, { account, region }: Call): LayerName => ({
  account,
  region,
  name,
  version,
});

const versionAccess = <Input extends Layer>(row: LambdaRow<Input>, action: string) =>
  row({
    action: `lambda:${action}`,
    type: 'layerversion',
    on: ({ name, version }, call) => ({ resource: `${layerArn({ ...call, name })}:${version}` }),
  });

export const publishLayerVersion = lambdaOperation({
  name: 'PublishLayerVersion',
  http: { method: 'POST', path: VERSIONS, status: 201 },
  parse: (raw) => {
    const input = new InputReader(raw);
    const runtimes = input.texts('CompatibleRuntimes');
    const architectures = input.texts('CompatibleArchitectures');
    const license = input.text('LicenseInfo', { max: 512 });
    const parsed = {
      name: nameOf(input.requiredText('LayerName')),
      content: readCodeSource(input.structure('Content')),
      described: {
        description: input.text('Description', { max: 256 }) ?? '',
        ...(runtimes && { runtimes }),
        ...(architectures && { architectures }),
        ...(license !== undefined && { license }),
      },
    };
    input.check();
    return parsed;
  },
  access: (row) => [
    row({
      action: 'lambda:PublishLayerVersion',
      type: 'layer',
      on: ({ name }, call) => ({ resource: layerArn({ ...call, name }) }),
    }),
  ],
  handle: async ({ name, content, described }, call, { context, layers }) => {
    const { resourceId } = call;
    // A stack publishes the version of a resource once.
    const own = resourceId && (await layers.list(call, name)).find((each) => each.resourceId === resourceId);
    if (own) return layerVersion(own);
    if (content === undefined) throw invalidParameter('Please provide a source for layer content.');
    const { zip, sha256, entries } = await loadPackage(content, call, context);
    const extension = [...entries.keys()].find((path) => path.startsWith('extensions/'));
    if (extension !== undefined) {
      throw invalidParameter(`The local cloud runs no extensions, and the layer ${name} has ${extension}`);
    }
    const record = (version: number): LayerRecord => ({
      ...described,
      arn: `${layerArn({ ...call, name })}:${version}`,
      name,
      version,
      codeSha256: sha256,
      codeSize: zip.length,
      created: context.now(),
      ...(resourceId !== undefined && { resourceId }),
    });
    return layerVersion(await layers.publish(call, name, record, zip));
  },
});

export const getLayerVersion = lambdaOperation({
  name: 'GetLayerVersion',
  http: { method: 'GET', path: `${VERSIONS}/{VersionNumber}` },
  parse: readLayer,
  access: (row) => [versionAccess(row, 'GetLayerVersion')],
  handle: async (layer, call, { layers }) => layerVersion(await layers.get(versionOf(layer, call))),
});

export const deleteLayerVersion = lambdaOperation({
  name: 'DeleteLayerVersion',
  http: { method: 'DELETE', path: `${VERSIONS}/{VersionNumber}`, status: 204 },
  parse: readLayer,
  access: (row) => [versionAccess(row, 'DeleteLayerVersion')],
  handle: async (layer, call, { layers }) => {
    const { resourceId } = call;
    if (resourceId === undefined) return layers.delete(versionOf(layer, call));
    // A stack knows a version by the physical id under which it was published.
    const own = (await layers.list(call, layer.name)).find((each) => each.resourceId === resourceId);
    if (own) await layers.delete(versionOf(own, call));
  },
});

export const listLayerVersions = lambdaOperation({
  name: 'ListLayerVersions',
  http: { method: 'GET', path: VERSIONS, query: { CompatibleRuntime: 'CompatibleRuntime' } },
  parse: (raw) => ({ ...readLayer(raw), runtime: new InputReader(raw).text('CompatibleRuntime') }),
  access: (row) => [anyAccess(row, 'ListLayerVersions')],
  handle: async ({ name, runtime }, call, { layers }) => ({
    LayerVersions: (await layers.list(call, name))
      .filter(({ runtimes }) => runtime === undefined || runtimes?.includes(runtime))
      .reverse()
      .map(layerVersionEntry),
  }),
});

/** Layers, each with its newest version; or, where `find` asks for it, the one version of an ARN. */
export const listLayers = lambdaOperation({
  name: 'ListLayers',
  http: { method: 'GET', path: PATH, query: { find: 'find', Arn: 'Arn' } },
  parse: (raw) => {
    const input = new InputReader(raw);
    const arn = input.text('find') === 'LayerVersion' ? input.requiredText('Arn') : undefined;
    input.check();
    return { arn };
  },
  access: (row) => [
    row({ action: 'lambda:ListLayers', on: ({ arn }) => (arn === undefined ? anything() : undefined) }),
    layersAccess(row, ({ arn }) => (arn === undefined ? [] : [arn])),
  ],
  handle: async ({ arn }, call, { layers }) => {
    if (arn !== undefined) {
      const layer = parseLayerVersionArn(arn);
      if (layer.account !== call.account || layer.region !== call.region) {
        throw new AwsError('AccessDeniedException', `The local cloud shares no layers, and ${arn} is elsewhere`, 403);
      }
      return layerVersion(await layers.get(layer));
    }
    const newest = new Map((await layers.list(call)).map((record) => [record.name, record]));
    return {
      Layers: [...newest.values()].map((record) => ({
        LayerName: record.name,
        LayerArn: layerArn({ ...call, name: record.name }),
        LatestMatchingVersion: layerVersionEntry(record),
      })),
    };
  },
});
