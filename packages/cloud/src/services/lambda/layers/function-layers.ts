import type { Scope } from '../../../core/operation.js';
import type { FunctionCode } from '../functions/function-store.js';
import { invalidParameter } from '../lambda-error.js';
import { type LayerReference, parseLayerVersionArn } from './layer-record.js';
import type { LayerStore } from './layer-store.js';

const MOST = 5;

/** The layers that a function is to have, with their code. */
export interface LoadedLayers {
  readonly references: readonly LayerReference[];
  readonly codes: readonly FunctionCode[];
}

/** @throws AwsError InvalidParameterValueException for layers that are not there, or cannot go together */
export async function loadLayers(arns: readonly string[], scope: Scope, layers: LayerStore): Promise<LoadedLayers> {
  if (arns.length > MOST) throw invalidParameter(`Cannot reference more than ${MOST} layers.`);
  const references: LayerReference[] = [];
  const codes: FunctionCode[] = [];
  const names = new Set<string>();
  for (const arn of arns) {
    const layer = parseLayerVersionArn(arn);
    if (layer.account !== scope.account || layer.region !== scope.region) {
      throw invalidParameter(
        `The local cloud gives functions the layers of their own account and region, and ${arn} is elsewhere`,
      );
    }
    if (names.has(layer.name)) {
      throw invalidParameter(
        'Two different versions of the same layer are not allowed to be referenced in the same function.',
      );
    }
    names.add(layer.name);
    const record = await layers.find(layer);
    if (record === undefined) throw invalidParameter(`Layer version ${arn} does not exist.`);
    const { codeSha256, codeSize } = record;
    references.push({ arn, codeSha256, codeSize });
    codes.push({ codeSha256, code: await layers.code(layer) });
  }
  return { references, codes };
}
