import { BuildError } from '../errors.js';
import { nearest } from './nearest.js';

/** How one stage of an app is packaged; what `goblet.config.ts` holds by stage name. */
export interface StageOptions {
  /** @default 'api' */
  readonly stageName?: string;
  /** Values of the app's environment variables. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** MiB. @default 128 */
  readonly memorySize?: number;
  /** Seconds. @default 10 */
  readonly timeout?: number;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** False for a role of yours, by its ARN. @default true */
  readonly manageIamRole?: boolean;
  /** The role's ARN, where `manageIamRole` is false. */
  readonly iamRoleArn?: string;
}

type Check = (value: unknown) => boolean;

const isString: Check = (value) => typeof value === 'string' && value !== '';
const isBoolean: Check = (value) => typeof value === 'boolean';
const isWhole =
  (from: number, to: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= from && Number(value) <= to;
const isTexts: Check = (value) =>
  typeof value === 'object' && value !== null && Object.values(value).every((item) => typeof item === 'string');

/** Lambda's and API Gateway's own limits. */
const OPTIONS: Readonly<Record<keyof StageOptions, { readonly check: Check; readonly takes: string }>> = {
  stageName: {
    check: (value) => typeof value === 'string' && /^[A-Za-z0-9_-]{1,128}$/.test(value),
    takes: 'letters, digits, - and _',
  },
  environment: { check: isTexts, takes: 'texts by name' },
  memorySize: { check: isWhole(128, 10_240), takes: 'MiB from 128 to 10240' },
  timeout: { check: isWhole(1, 900), takes: 'whole seconds from 1 to 900' },
  tags: { check: isTexts, takes: 'texts by name' },
  manageIamRole: { check: isBoolean, takes: 'true or false' },
  iamRoleArn: { check: isString, takes: "a role's ARN" },
};

/**
 * The stage options in a value that a file or a program gave.
 * @throws BuildError GOBLET_BUILD_OPTION_UNKNOWN with the nearest known key; GOBLET_BUILD_OPTION_INVALID
 */
export function parseStageOptions(value: unknown): StageOptions {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BuildError('GOBLET_BUILD_OPTION_INVALID', 'stage options are an object');
  }
  for (const [key, given] of Object.entries(value)) {
    if (!isOption(key)) throw unknownOption(key);
    const { check, takes } = OPTIONS[key];
    if (given !== undefined && !check(given)) {
      throw new BuildError('GOBLET_BUILD_OPTION_INVALID', `${key} takes ${takes}, not ${JSON.stringify(given)}`);
    }
  }
  return value as StageOptions;
}

function isOption(key: string): key is keyof StageOptions {
  return Object.hasOwn(OPTIONS, key);
}

function unknownOption(key: string): BuildError {
  const meant = nearest(key, Object.keys(OPTIONS));
  return new BuildError('GOBLET_BUILD_OPTION_UNKNOWN', `${key} is no stage option; did you mean ${meant}?`);
}
