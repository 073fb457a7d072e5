import type { ResourceContext } from '../../../core/resource-type.js';

/** The property that versions and aliases share. */
export interface Provisioned {
  readonly FunctionName: string;
  readonly ProvisionedConcurrencyConfig?: { readonly ProvisionedConcurrentExecutions: number | string };
}

/** Gives a version or an alias the environments that its template asks for. */
export async function provision(
  { FunctionName, ProvisionedConcurrencyConfig: config }: Provisioned,
  Qualifier: string,
  previous: Provisioned | undefined,
  { call }: ResourceContext,
): Promise<void> {
  const target = { FunctionName, Qualifier };
  if (config) {
    const { ProvisionedConcurrentExecutions } = config;
    await call('lambda', 'PutProvisionedConcurrencyConfig', { ...target, ProvisionedConcurrentExecutions });
  } else if (previous?.ProvisionedConcurrencyConfig) {
    await call('lambda', 'DeleteProvisionedConcurrencyConfig', target);
  }
}
