import { stringify } from 'yaml';
import { restOperation } from '../../api-operation.js';
import { badRequest, unsupported } from '../../refusal.js';
import { exportOpenApi } from '../export-model.js';
import * as find from '../find.js';

export const getExport = restOperation({
  name: 'GetExport',
  parse: ({ exportType, accepts, parameters = {} }) => {
    if (exportType === 'swagger') throw unsupported('exports as swagger (use oas30)');
    if (exportType !== 'oas30') throw badRequest(`Invalid export type specified: ${exportType}`);
    return {
      yaml: accepts === 'application/yaml',
      withIntegrations: /\b(apigateway|integrations)\b/.test(parameters.extensions ?? ''),
    };
  },
  handle: async ({ restApiId, stageName, yaml, withIntegrations }, call, store) => {
    await find.restApi(store, call, restApiId);
    const stage = await find.stage(store, call, restApiId, stageName);
    const { model } = await find.deployment(store, call, restApiId, stage.deploymentId);
    const server = `https://${restApiId}.execute-api.${call.region}.amazonaws.com/{basePath}`;
    const document = exportOpenApi(model, { url: server, basePath: `/${stageName}` }, withIntegrations);
    const text = yaml ? stringify(document) : JSON.stringify(document, undefined, 2);
    return {
      contentType: yaml ? 'application/yaml' : 'application/json',
      contentDisposition: `attachment; filename="oas30_${new Date(stage.updated).toISOString()}.${yaml ? 'yaml' : 'json'}"`,
      body: new TextEncoder().encode(text),
    };
  },
});
