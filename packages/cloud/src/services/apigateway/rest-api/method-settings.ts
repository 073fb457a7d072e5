import type { MethodSetting } from '../records/rest-api.js';
import { badRequest } from '../refusal.js';

/** The settings of a method of which one was set, before it. */
const DEFAULTS: MethodSetting = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};

const STRATEGIES = ['FAIL_WITH_403', 'SUCCEED_WITH_RESPONSE_HEADER', 'SUCCEED_WITHOUT_RESPONSE_HEADER'] as const;

/** The reader of each setting, by its patch path below the method. */
const SETTINGS: Readonly<Record<string, (value: string) => MethodSetting>> = {
  'metrics/enabled': (value) => ({ metricsEnabled: isTrue(value) }),
  'logging/dataTrace': (value) => ({ dataTraceEnabled: isTrue(value) }),
  'logging/loglevel': (value) => ({ loggingLevel: value }),
  'throttling/burstLimit': (value) => ({ throttlingBurstLimit: Number(value) }),
  'throttling/rateLimit': (value) => ({ throttlingRateLimit: Number(value) }),
  'caching/ttlInSeconds': (value) => ({ cacheTtlInSeconds: Number(value) }),
  'caching/enabled': (value) => ({ cachingEnabled: isTrue(value) }),
  'caching/dataEncrypted': (value) => ({ cacheDataEncrypted: isTrue(value) }),
  'caching/requireAuthorizationForCacheControl': (value) => ({ requireAuthorizationForCacheControl: isTrue(value) }),
  'caching/unauthorizedCacheControlHeaderStrategy': (value) => ({
    unauthorizedCacheControlHeaderStrategy: STRATEGIES.find((strategy) => strategy === value),
  }),
};

const isTrue = (value: string) => value.toLowerCase() === 'true';

type Settings = Readonly<Record<string, MethodSetting>>;

/** The key of the settings of every method that has none of its own. */
const WILDCARD = '*/*';

/**
 * Settings with one of them changed. A method of which nothing was set begins with what is set for all methods.
 * @param key `~1users/GET`, as the patch path has it
 * @param name `throttling/rateLimit`
 * @returns undefined for an unknown name
 */
export function withSetting(settings: Settings, key: string, name: string, value: string): Settings | undefined {
  const read = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
  if (read === undefined) return undefined;
  const before = settings[key] ?? settings[WILDCARD] ?? DEFAULTS;
  return { ...settings, [key]: { ...before, ...read(value) } };
}

/** Settings without those of one method. @throws AwsError BadRequestException if the method has no settings */
export function withoutSetting(settings: Settings, key: string): Settings {
  const { [key]: removed, ...others } = settings;
  if (removed === undefined)
    throw badRequest(`Cannot remove method setting ${key} because there is no method setting for this method `);
  return others;
}
