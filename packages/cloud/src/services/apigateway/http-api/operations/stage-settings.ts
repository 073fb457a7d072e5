import type { Call } from '../../../../core/operation.js';
import { httpOperation } from '../../api-operation.js';
import { type ApiStore, idBelow } from '../../api-store.js';
import type { HttpStageRecord } from '../../records/http-api.js';
import { notFound } from '../../refusal.js';
import * as find from '../find.js';

/** Changes one stage; its authorizers forget what they knew, as with every change. */
function changeStage(
  apiId: string,
  stageName: string,
  call: Call,
  store: ApiStore,
  change: (stage: HttpStageRecord) => HttpStageRecord,
) {
  return store.change(async () => {
    const stage = change(await find.httpStage(store, call, apiId, stageName));
    await store.put(call, 'httpStage', idBelow(apiId, stageName), stage);
  });
}

export const deleteAccessLogSettings = httpOperation({
  name: 'DeleteAccessLogSettings',
  handle: ({ ApiId, StageName }, call, store) =>
    changeStage(ApiId, StageName, call, store, (stage) => ({
      ...stage,
      accessLogSettings: undefined,
      updated: store.now(),
    })),
});

export const deleteRouteSettings = httpOperation({
  name: 'DeleteRouteSettings',
  handle: ({ ApiId, StageName, RouteKey }, call, store) =>
    changeStage(ApiId, StageName, call, store, (stage) => {
      const { [RouteKey]: removed, ...throttles } = stage.throttles;
      if (removed === undefined)
        throw notFound(`Unable to find Route by key ${RouteKey} within the provided RouteSettings`);
      return { ...stage, throttles, updated: store.now() };
    }),
});

export const resetAuthorizersCache = httpOperation({
  name: 'ResetAuthorizersCache',
  handle: ({ ApiId, StageName }, call, store) => changeStage(ApiId, StageName, call, store, (stage) => stage),
});
