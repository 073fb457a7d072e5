import type { CloudContext } from '../../../core/cloud.js';
import type { Scope } from '../../../core/operation.js';
import type { Dimensions, MetricUnit } from '../../../core/service-metrics.js';
import type { ExecuteApi } from '../../execute-api/index.js';

/** A stage, as CloudWatch names it. */
export interface MeasuredStage extends Scope {
  readonly apiId: string;
  readonly stage: string;
  /** Of a REST API, whose metrics go by it; undefined for an HTTP API, whose metrics go by the id. */
  readonly apiName: string | undefined;
}

/** Measures the requests of a stage ("Amazon API Gateway dimensions and metrics" of the API Gateway developer guide). */
export function measured({ metrics }: CloudContext, of: MeasuredStage, execute: ExecuteApi): ExecuteApi {
  const { apiId, stage, apiName } = of;
  const api: Dimensions = apiName === undefined ? { ApiId: apiId } : { ApiName: apiName };
  const [clientErrors, serverErrors] = apiName === undefined ? ['4xx', '5xx'] : ['4XXError', '5XXError'];
  const count: MetricUnit = 'Count';
  return async (request, mapping) => {
    const started = performance.now();
    const response = await execute(request, mapping);
    const source = metrics.of('AWS/ApiGateway', of, `${apiId}/${stage}`, () => [api, { ...api, Stage: stage }]);
    if (source) {
      const hundreds = Math.floor(response.status / 100);
      source.add('Count', count);
      source.add(clientErrors, count, hundreds === 4 ? 1 : 0);
      source.add(serverErrors, count, hundreds === 5 ? 1 : 0);
      source.add('Latency', 'Milliseconds', performance.now() - started);
    }
    return response;
  };
}
