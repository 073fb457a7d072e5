export interface ApiKeyRecord {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly value: string;
  /** `apiId/stage`, from before there were usage plans: returned, but without effect on who may call. */
  readonly stageKeys?: readonly string[];
  readonly enabled: boolean;
  readonly created: number;
  readonly updated: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface UsagePlanRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly apiStages: readonly { readonly apiId: string; readonly stage: string }[];
  readonly throttle?: { readonly rateLimit: number; readonly burstLimit: number };
  readonly quota?: { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH'; readonly offset?: number };
  /** Ids of API keys. */
  readonly keyIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}
