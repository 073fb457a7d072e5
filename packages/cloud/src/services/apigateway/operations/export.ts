import { stringify } from 'yaml';
import { membersOf } from '../../../core/members.js';
import { exportOpenApi } from '../export-model.js';
import * as find from '../find.js';
import { labels, textMap } from '../input.js';
import { badRequest, unsupported } from '../refusal.js';
import { restOperation } from '../rest-operation.js';

const EXPORT_PATH = '/restapis/{restApiId}/stages/{stageName}/exports/{exportType}';

export const getExport = restOperation({
  name: 'GetExport',
  http: {
    method: 'GET',
    path: EXPORT_PATH,
    query: { extensions: 'extensions' },
    headers: { accept: 'accepts' },
    output: { headers: { contentType: 'Content-Type', contentDisposition: 'Content-Disposition' }, payload: 'body' },
  },
  parse: (raw) => {
    const place = labels(raw, 'restApiId', 'stageName', 'exportType');
    if (place.exportType === 'swagger') throw unsupported('exports as swagger (use oas30)');
    if (place.exportType !== 'oas30') throw badRequest(`Invalid export type specified: ${place.exportType}`);
    const members = membersOf(raw);
    const extensions = textMap(members.raw('parameters'), 'parameters').extensions ?? members.text('extensions') ?? '';
    return {
      ...place,
      yaml: members.text('accepts') === 'application/yaml',
      withIntegrations: /\b(apigateway|integrations)\b/.test(extensions),
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
