export interface ApiKeyRecord {
  readonly id: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly value: string;
  /** Of AWS Marketplace. */
  readonly customerId?: string | undefined;
  /** `apiId/stage`, from before there were usage plans: told, and of no effect on who may call. */
  readonly stageKeys?: readonly string[] | undefined;
  readonly enabled: boolean;
  readonly created: number;
  readonly updated: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface UsagePlanRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly apiStages: readonly { readonly apiId: string; readonly stage: string }[];
  readonly throttle?: { readonly rateLimit: number; readonly burstLimit: number } | undefined;
  readonly quota?:
    | { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH'; readonly offset?: number | undefined }
    | undefined;
  /** Ids of API keys. */
  readonly keyIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}
