import { randomId } from '../../../../core/random-id.js';
import { httpOperation } from '../../api-operation.js';
import { idBelow } from '../../api-store.js';
import * as findStage from '../../http-api/find.js';
import { badRequest, notFound } from '../../refusal.js';
import { wholeSeconds } from '../../time.js';
import * as find from '../find.js';
import { servedModel } from '../served-model.js';

export const createDeployment = httpOperation({
  name: 'CreateDeployment',
  handle: ({ ApiId = '', Description, StageName }, call, store) =>
    store.change(async () => {
      const api = await find.webSocketApi(store, call, ApiId);
      const id = call.resourceId ?? randomId.lower(6);
      const model = servedModel(api);
      if (model.routes.length === 0) throw badRequest('At least one route is required before deploying the Api.');
      const deployment = { id, apiId: ApiId, created: store.now(), model, description: Description };
      const stage = StageName === undefined ? undefined : await findStage.httpStage(store, call, ApiId, StageName);
      await store.put(call, 'webSocketDeployment', idBelow(ApiId, id), deployment);
      if (stage) {
        const served = { ...stage, deploymentId: id, updated: store.now() };
        await store.put(call, 'httpStage', idBelow(ApiId, stage.stageName), served);
      }
      return {
        DeploymentId: id,
        DeploymentStatus: 'DEPLOYED',
        Description,
        AutoDeployed: false,
        CreatedDate: wholeSeconds(deployment.created),
      } as const;
    }),
});

export const deleteDeployment = httpOperation({
  name: 'DeleteDeployment',
  handle: ({ ApiId = '', DeploymentId = '' }, call, store) =>
    store.change(async () => {
      const id = idBelow(ApiId, DeploymentId);
      if (!(await store.get(call, 'webSocketDeployment', id)))
        throw notFound('Invalid Deployment identifier specified');
      const stages = await store.list(call, 'httpStage', `${ApiId}/`);
      if (stages.some((stage) => stage.deploymentId === DeploymentId && !stage.autoDeploy))
        throw badRequest('Active stages pointing to this deployment must be moved or deleted');
      await store.remove(call, 'webSocketDeployment', id);
    }),
});
