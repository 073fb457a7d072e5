import { stringify } from 'yaml';
import { restOperation } from '../../api-operation.js';
import { badRequest } from '../../refusal.js';
import { exportOpenApi, OAS30, SWAGGER } from '../export-model.js';
import * as find from '../find.js';

const DIALECTS = new Map([
  ['oas30', OAS30],
  ['swagger', SWAGGER],
]);

export const getExport = restOperation({
  name: 'GetExport',
  parse: ({ exportType, accepts, parameters = {} }) => {
    const dialect = DIALECTS.get(exportType);
    if (dialect === undefined) throw badRequest(`Invalid export type specified: ${exportType}`);
    const asked = (parameters.extensions ?? '').split(',').map((name) => name.trim());
    const has = (name: string) => asked.includes(name) || asked.includes('apigateway');
    return {
      dialect,
      yaml: accepts === 'application/yaml',
      extensions: { integrations: has('integrations'), authorizers: has('integrations') || has('authorizers') },
    };
  },
  handle: async ({ restApiId, stageName, exportType, dialect, yaml, extensions }, call, store) => {
    const api = await find.restApi(store, call, restApiId);
    const stage = await find.stage(store, call, restApiId, stageName);
    const { model } = await find.deployment(store, call, restApiId, stage.deploymentId);
    const version = model.version ?? new Date(api.created).toISOString().replace(/\.\d+Z$/, 'Z');
    const host = `${restApiId}.execute-api.${call.region}.amazonaws.com`;
    const document = exportOpenApi(dialect, model, version, { host, stageName }, extensions);
    const text = yaml ? stringify(document) : JSON.stringify(document, undefined, 2);
    return {
      contentType: 'application/octet-stream',
      contentDisposition: `attachment; filename="${exportType}_${version}.${yaml ? 'yaml' : 'json'}"`,
      body: new TextEncoder().encode(text),
    };
  },
});
