import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/protocols/json.js';
import { KeyStore } from './key-store.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';

/** AWS Key Management Service: keys that encrypt, sign and make codes, whose policies and grants decide. */
export function kms(context: CloudContext): Service {
  const keys = new KeyStore(context.store, context.now);
  return {
    name: 'kms',
    signingNames: ['kms'],
    protocol: jsonProtocol('kms'),
    operations: bindOperations({ context, keys }, operations),
    resourceTypes,
  };
}
