import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/protocols/json.js';
import { jsonOrQuery } from '../../gateway/protocols/negotiated.js';
import { queryProtocol } from '../../gateway/protocols/query.js';
import { operations } from './operations/index.js';
import { ParameterStore } from './parameter-store.js';
import { resourceTypes } from './resources/index.js';

/** AWS Systems Manager: the Parameter Store. */
export function ssm(context: CloudContext): Service {
  return {
    name: 'ssm',
    signingNames: ['ssm'],
    protocol: jsonOrQuery(jsonProtocol('ssm'), queryProtocol('ssm')),
    operations: bindOperations(new ParameterStore(context), operations),
    resourceTypes,
  };
}
