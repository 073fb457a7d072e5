import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/json-protocol.js';
import { deleteParameter, deleteParameters } from './operations/delete-parameter.js';
import { describeParameters } from './operations/describe-parameters.js';
import { getParameter } from './operations/get-parameter.js';
import { getParameterHistory } from './operations/get-parameter-history.js';
import { getParameters } from './operations/get-parameters.js';
import { getParametersByPath } from './operations/get-parameters-by-path.js';
import { putParameter } from './operations/put-parameter.js';
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from './operations/tags.js';
import { createParameterStore } from './parameter-store.js';
import { parameterResource } from './resources/parameter.js';

/** AWS Systems Manager: the Parameter Store. */
export function ssm({ store, now }: CloudContext): Service {
  return {
    name: 'ssm',
    signingNames: ['ssm'],
    protocol: jsonProtocol({ targetPrefix: 'AmazonSSM', version: '1.1' }),
    operations: bindOperations(createParameterStore(store, now), [
      addTagsToResource,
      deleteParameter,
      deleteParameters,
      describeParameters,
      getParameter,
      getParameterHistory,
      getParameters,
      getParametersByPath,
      listTagsForResource,
      putParameter,
      removeTagsFromResource,
    ]),
    resourceTypes: [parameterResource],
  };
}
