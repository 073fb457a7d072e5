import type { LayerName } from '../layers/layer-record.js';
import type { LayerStore } from '../layers/layer-store.js';
import { policyDocument } from './policy-record.js';

/** The resource policy of a layer version; JSON, or none. */
export async function layerPolicy(layers: LayerStore, layer: LayerName): Promise<string | undefined> {
  const policy = (await layers.find(layer))?.policy;
  return policy && policyDocument(policy.statements);
}
