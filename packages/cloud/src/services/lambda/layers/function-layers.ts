import type { Scope } from '../../../core/operation.js';
import type { FunctionCode } from '../functions/function-store.js';
import { invalidParameter } from '../lambda-error.js';
import { type LayerReference, layerArn, parseLayerVersionArn } from './layer-record.js';
import type { LayerStore } from './layer-store.js';

const MAX_LAYERS = 5;

/** The layers that a function is to have, with their code. */
export interface LoadedLayers {
  readonly references: readonly LayerReference[];
  readonly codes: readonly FunctionCode[];
}

/** @throws AwsError InvalidParameterValueException for layers that are not there, or cannot go together */
export async function loadLayers(arns: readonly string[], scope: Scope, layers: LayerStore): Promise<LoadedLayers> {
  if (arns.length > MAX_LAYERS) throw invalidParameter(`Cannot reference more than ${MAX_LAYERS} layers.`);
  const references: LayerReference[] = [];
  const codes: FunctionCode[] = [];
  const byLayer = new Map<string, string>();
  for (const arn of arns) {
    const layer = parseLayerVersionArn(arn);
    if (layer.region !== scope.region) {
      throw invalidParameter(
        `Layers are not in the same region as the function. Layers are expected to be in region ${scope.region}.`,
      );
    }
    const other = byLayer.get(layerArn(layer));
    if (other !== undefined) {
      throw invalidParameter(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${other} and ${arn} are versions of the same layer.`,
      );
    }
    byLayer.set(layerArn(layer), arn);
    const record = await layers.find(layer);
    if (record === undefined && layer.account !== scope.account) {
      throw invalidParameter(
        `The local cloud has the layers that are published in it, and ${arn} of another account is not among them; publish a copy of it in your own account and region`,
      );
    }
    if (record === undefined) throw invalidParameter(`Layer version ${arn} does not exist.`);
    const { codeSha256, codeSize } = record;
    references.push({ arn, codeSha256, codeSize });
    codes.push({ codeSha256, code: await layers.code(layer) });
  }
  return { references, codes };
}
