import type { Properties, ResourceContext } from '../../../core/resource-type.js';
import { bucketDeployment } from './bucket-deployment.js';
import { bucketNotifications } from './bucket-notifications.js';
import type { NativeProvider } from './native-provider.js';

/**
 * CDK's providers that the cloud stands in for: those whose functions are Python, and the one that changes a security
 * group, which is only recorded here.
 */
const NATIVE: Readonly<Record<string, { readonly languages: RegExp; readonly provider: NativeProvider }>> = {
  'Custom::CDKBucketDeployment': { languages: /^python/, provider: bucketDeployment },
  'Custom::S3BucketNotifications': { languages: /^python/, provider: bucketNotifications },
  'Custom::VpcRestrictDefaultSG': {
    languages: /./,
    provider: async ({ id }) => ({ physicalId: id ?? 'VpcRestrictDefaultSG' }),
  },
};

/** The cloud's own provider of a type; undefined where the function of the template is to be asked. */
export async function nativeProvider(
  type: string,
  { ServiceToken }: Properties,
  { call }: ResourceContext,
): Promise<NativeProvider | undefined> {
  const native = Object.hasOwn(NATIVE, type) ? NATIVE[type] : undefined;
  if (!native || typeof ServiceToken !== 'string') return undefined;
  const { Runtime = '' } = await call('lambda', 'GetFunctionConfiguration', { FunctionName: ServiceToken });
  return native.languages.test(Runtime) ? native.provider : undefined;
}
