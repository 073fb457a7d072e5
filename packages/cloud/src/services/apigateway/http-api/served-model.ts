import { defined } from '../../../core/defined.js';
import { type ApiModel, httpApiModel } from '../../execute-api/index.js';
import type { HttpApiRecord } from '../records/http-api.js';

/** The model that a stage of an HTTP API serves: the routes that have an integration. */
export function servedModel(api: HttpApiRecord): ApiModel {
  return httpApiModel({
    name: api.name,
    routes: Object.values(api.routes).flatMap(({ routeKey, authorization, integrationId = '' }) => {
      const integration = api.integrations[integrationId];
      if (integration === undefined) return [];
      const { type, method: httpMethod, uri, timeoutInMillis, subtype, connectionType } = integration;
      const { requestParameters, responseMappings, credentials } = integration;
      return [
        {
          routeKey,
          authorization,
          uri,
          timeoutInMillis,
          ...(type && { type }),
          ...defined({ subtype }),
          ...(connectionType && { connectionType }),
          ...(requestParameters && { requestParameters }),
          ...(responseMappings && { responseMappings }),
          ...defined({ credentials, httpMethod }),
        },
      ];
    }),
    authorizers: Object.fromEntries(Object.entries(api.authorizers).map(([id, { definition }]) => [id, definition])),
    ...(api.cors && { cors: api.cors }),
  });
}
