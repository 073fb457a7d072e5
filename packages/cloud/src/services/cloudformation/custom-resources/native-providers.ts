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

/**
 * Properties with which a provider of the CDK is asked instead of its own: `AwsCustomResource` would install the newest
 * SDK into this machine's folder of temporary files with each call, and functions have an SDK here.
 */
const INSTEAD: Readonly<Record<string, Properties>> = { 'Custom::AWS': { InstallLatestAwsSdk: 'false' } };

/** The properties of a resource that its provider gets with other values, as far as the template gives them. */
export function instead(type: string, properties: Properties): Properties {
  const others = Object.entries((Object.hasOwn(INSTEAD, type) && INSTEAD[type]) || {});
  return Object.fromEntries(others.filter(([name]) => Object.hasOwn(properties, name)));
}
