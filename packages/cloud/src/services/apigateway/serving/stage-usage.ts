import type { Scope } from '../../../core/operation.js';
import { type Usage, type UsagePlan, usageByPlans } from '../../execute-api/index.js';
import type { ApiStore } from '../api-store.js';

/** The decisions of a stage's usage plans about API keys. */
export async function stageUsage(
  store: ApiStore,
  scope: Scope,
  apiId: string,
  stageName: string,
  now: () => number,
): Promise<Usage> {
  return usageByPlans(await plansOf(store, scope, apiId, stageName), now);
}

/** The usage plans of one stage, with the keys they have. */
async function plansOf(store: ApiStore, scope: Scope, apiId: string, stageName: string): Promise<readonly UsagePlan[]> {
  const plans = await store.list(scope, 'usagePlan');
  const applying = plans.filter(({ apiStages }) =>
    apiStages.some((one) => one.apiId === apiId && one.stage === stageName),
  );
  if (applying.length === 0) return [];
  const keys = new Map((await store.list(scope, 'apiKey')).map((key) => [key.id, key]));
  return applying.map(({ keyIds, throttle, quota }) => ({
    keys: keyIds.flatMap((id) => keys.get(id) ?? []),
    ...(throttle && { throttle }),
    ...(quota && { quota }),
  }));
}
