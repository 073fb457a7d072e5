import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/protocols/json.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';
import { Rotator } from './rotation/rotator.js';
import { SecretStore } from './secret-store.js';

/** AWS Secrets Manager: secrets with versions, stages and rotation by functions. */
export function secretsManager(context: CloudContext): Service {
  const secrets = new SecretStore(context.store, context.now);
  const rotator = new Rotator(context, secrets);
  return {
    name: 'secretsmanager',
    signingNames: ['secretsmanager'],
    protocol: jsonProtocol('secretsmanager'),
    operations: bindOperations({ context, secrets, rotator }, operations),
    resourceTypes,
    start: () => rotator.start(),
    stop: () => rotator.stop(),
  };
}
