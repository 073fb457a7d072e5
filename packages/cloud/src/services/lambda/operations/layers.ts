import { AwsError } from '../../../core/aws-error.js';
import type { Scope } from '../../../core/operation.js';
import { pageOf } from '../../../kit/page.js';
import type { Input } from '../../../model/client-types.js';
import { loadPackage, parseCodeSource } from '../functions/deployment-package.js';
import { ARCHITECTURES } from '../functions/function-settings.js';
import { ALL_RUNTIMES, LISTED_RUNTIMES } from '../functions/runtimes.js';
import { invalidMarker, invalidParameter, notFound } from '../lambda-error.js';
import {
  LAYER_VERSION_ARN,
  type LayerName,
  type LayerRecord,
  layerArn,
  layerVersion,
  layerVersionArn,
  layerVersionEntry,
  parseLayerName,
  parseLayerVersionArn,
} from '../layers/layer-record.js';
import { layerKey } from '../layers/layer-store.js';
import { layerPolicy } from '../policies/layer-policy.js';
import { anyAccess, type LambdaRow, type LambdaState, lambdaOperation, layersAccess } from '../service-state.js';

const LARGEST_PAGE = 50;

/** The version of a layer that an operation names. */
export const parseLayerVersion = (
  { LayerName, VersionNumber: version }: Input<'lambda', 'GetLayerVersion'>,
  scope: Scope,
) => {
  if (version < 1) throw invalidParameter('Layer Version Cannot be less than 1');
  return { layer: { ...parseLayerName(LayerName, scope), version } };
};

const described = (record: LayerRecord, { account, region }: Scope, { locations }: LambdaState) =>
  layerVersion(record, locations.of({ account, region, kind: 'layers', key: layerKey(record) }));

/** One action on the version of a layer, by the caller's policies and the layer's own. */
export const versionAccess = <Parsed extends { readonly layer: LayerName }>(row: LambdaRow<Parsed>, action: string) =>
  row({
    action: `lambda:${action}`,
    type: 'layerversion',
    on: ({ layer }, _call, { layers }) => ({
      resource: layerVersionArn(layer),
      resourcePolicy: () => layerPolicy(layers, layer),
    }),
  });

export const publishLayerVersion = lambdaOperation({
  name: 'PublishLayerVersion',
  limits: {
    Description: { max: 256 },
    LicenseInfo: { max: 512 },
    CompatibleRuntimes: { values: LISTED_RUNTIMES, unlisted: ALL_RUNTIMES, toldFirst: true },
    CompatibleArchitectures: { max: 2, each: ARCHITECTURES.each },
  },
  parse: (input, scope) => ({
    ...parseLayerName(input.LayerName, scope),
    content: parseCodeSource(input.Content),
    members: {
      description: input.Description ?? '',
      runtimes: input.CompatibleRuntimes,
      architectures: input.CompatibleArchitectures,
      license: input.LicenseInfo,
    },
  }),
  access: (row) => [
    row({
      action: 'lambda:PublishLayerVersion',
      type: 'layer',
      on: ({ name }, call) => ({ resource: layerArn({ ...call, name }) }),
    }),
  ],
  handle: async ({ name, content, members }, call, state) => {
    const { context, layers } = state;
    const { resourceId } = call;
    // A stack publishes the version of a resource once.
    const own = resourceId && (await layers.list(call, name)).find((each) => each.resourceId === resourceId);
    if (own) return described(own, call, state);
    if (content === undefined) throw invalidParameter('Please provide a source for layer content.');
    const { zip, sha256, entries } = await loadPackage(content, call, context);
    const extension = [...entries.keys()].find((path) => path.startsWith('extensions/'));
    if (extension !== undefined) {
      throw invalidParameter(`The local cloud runs no extensions, and the layer ${name} has ${extension}`);
    }
    const record = (version: number): LayerRecord => ({
      ...members,
      arn: `${layerArn({ ...call, name })}:${version}`,
      name,
      version,
      codeSha256: sha256,
      codeSize: zip.length,
      created: context.now(),
      resourceId,
    });
    return described(await layers.publish(call, name, record, zip), call, state);
  },
});

export const getLayerVersion = lambdaOperation({
  name: 'GetLayerVersion',
  parse: parseLayerVersion,
  access: (row) => [versionAccess(row, 'GetLayerVersion')],
  handle: async ({ layer }, _call, state) => described(await state.layers.get(layer), layer, state),
});

export const getLayerVersionByArn = lambdaOperation({
  name: 'GetLayerVersionByArn',
  limits: { Arn: { min: 1, max: 140, pattern: LAYER_VERSION_ARN } },
  parse: ({ Arn: arn }) => ({ arn, layer: parseLayerVersionArn(arn) }),
  access: (row) => [layersAccess(row, ({ arn }) => [arn])],
  handle: async ({ arn, layer }, call, state) => {
    const record = await state.layers.find(layer);
    if (record) return described(record, layer, state);
    if (layer.account === call.account) throw notFound();
    const message = `The local cloud has the layers that are published in it, and ${arn} of another account is not among them`;
    throw new AwsError('AccessDeniedException', message, 403);
  },
});

export const deleteLayerVersion = lambdaOperation({
  name: 'DeleteLayerVersion',
  parse: parseLayerVersion,
  access: (row) => [versionAccess(row, 'DeleteLayerVersion')],
  handle: async ({ layer }, { resourceId }, { layers }) => {
    if (resourceId === undefined) return layers.delete(layer);
    // A stack knows a version by the physical id under which it was published.
    const own = (await layers.list(layer, layer.name)).find((each) => each.resourceId === resourceId);
    if (own) await layers.delete({ ...layer, version: own.version });
  },
});

type Compatibility = Pick<Input<'lambda', 'ListLayers'>, 'CompatibleRuntime' | 'CompatibleArchitecture'>;

const COMPATIBILITY_LIMITS = {
  CompatibleRuntime: { values: ALL_RUNTIMES },
  CompatibleArchitecture: { values: ARCHITECTURES.each.values },
};

const fits =
  ({ CompatibleRuntime: runtime, CompatibleArchitecture: architecture }: Compatibility) =>
  ({ runtimes, architectures }: LayerRecord): boolean =>
    (runtime === undefined || runtimes?.includes(runtime) === true) &&
    (architecture === undefined || architectures?.includes(architecture) === true);

export const listLayerVersions = lambdaOperation({
  name: 'ListLayerVersions',
  limits: { MaxItems: { min: 1, max: LARGEST_PAGE }, ...COMPATIBILITY_LIMITS },
  parse: ({ LayerName, ...list }, scope) => ({ ...parseLayerName(LayerName, scope), ...list }),
  access: (row) => [anyAccess(row, 'ListLayerVersions')],
  handle: async ({ name, Marker, MaxItems = LARGEST_PAGE, ...compatible }, call, { layers }) => {
    const { CompatibleRuntime, CompatibleArchitecture } = compatible;
    const records = (await layers.list(call, name)).filter(fits(compatible)).reverse();
    const { items, next } = pageOf(records, {
      // The newest version comes first.
      keyOf: ({ version }) => String(LAST_VERSION - version).padStart(10, '0'),
      limit: MaxItems,
      token: Marker,
      of: ['ListLayerVersions', name, CompatibleRuntime, CompatibleArchitecture],
      refuse: invalidMarker,
    });
    return { LayerVersions: items.map(layerVersionEntry), NextMarker: next };
  },
});

const LAST_VERSION = 9_999_999_999;

/** Layers, each with its newest version. */
export const listLayers = lambdaOperation({
  name: 'ListLayers',
  limits: { MaxItems: { min: 1, max: LARGEST_PAGE }, ...COMPATIBILITY_LIMITS },
  access: (row) => [anyAccess(row, 'ListLayers')],
  handle: async ({ Marker, MaxItems = LARGEST_PAGE, ...compatible }, call, { layers }) => {
    const { CompatibleRuntime, CompatibleArchitecture } = compatible;
    const all = (await layers.list(call)).filter(fits(compatible));
    const newest = [...new Map(all.map((record) => [record.name, record])).values()];
    const { items, next } = pageOf(newest, {
      keyOf: ({ name }) => name,
      limit: MaxItems,
      token: Marker,
      of: ['ListLayers', CompatibleRuntime, CompatibleArchitecture],
      refuse: invalidMarker,
    });
    return {
      Layers: items.map((record) => ({
        LayerName: record.name,
        LayerArn: layerArn({ ...call, name: record.name }),
        LatestMatchingVersion: layerVersionEntry(record),
      })),
      NextMarker: next,
    };
  },
});
