import { BuildError } from '../build-error.js';
import { invalidOption, optionsNotObject, unknownOption } from '../errors/options.js';
import { nearest } from './nearest.js';

/**
 * How one stage of an app is served and packaged. `goblet.config.ts` contains these options, and the construct's props
 * extend them.
 */
export interface StageOptions {
  /** @default 'api' for a REST API, '$default' for an HTTP API */
  readonly stageName?: string;
  /**
   * The function receives them as `event.stageVariables`.
   * @default - none
   */
  readonly stageVariables?: Readonly<Record<string, string>>;
  /** Values of the app's environment variables. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * MiB.
   * @default 128
   */
  readonly memorySize?: number;
  /**
   * Seconds, at most the 29 for which API Gateway waits.
   * @default 10
   */
  readonly timeout?: number;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * False if you give a role by its ARN.
   * @default true
   */
  readonly manageIamRole?: boolean;
  /** The role's ARN, if `manageIamRole` is false. */
  readonly iamRoleArn?: string;
}

type Check = (value: unknown) => boolean;

const isString: Check = (value) => typeof value === 'string' && value !== '';
const isBoolean: Check = (value) => typeof value === 'boolean';
const isWhole =
  (from: number, to: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= from && Number(value) <= to;
const isTexts =
  (name: RegExp, text: RegExp): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(([key, item]) => name.test(key) && typeof item === 'string' && text.test(item));

const isVariables = isTexts(/^[A-Za-z0-9_]{1,64}$/, /^[A-Za-z0-9\-._~:/?#&=,]{1,512}$/);

/** Lambda's and API Gateway's own limits (Configuration of a function; CreateStage, `variables`, and its quotas). */
const OPTIONS: Readonly<Record<keyof StageOptions, { readonly check: Check; readonly takes: string }>> = {
  stageName: {
    check: (value) => typeof value === 'string' && /^[A-Za-z0-9_-]{1,128}$/.test(value),
    takes: 'at most 128 letters, digits, - and _',
  },
  stageVariables: {
    check: (value) => isVariables(value) && Object.keys(Object(value)).length <= 100,
    takes: 'at most 100 texts of 1 to 512 A-Z a-z 0-9 -._~:/?#&=, by names of at most 64 letters, digits and _',
  },
  environment: { check: isTexts(/^[A-Za-z]\w*$/, /^/), takes: 'texts by names of letters, digits and _' },
  memorySize: { check: isWhole(128, 10_240), takes: 'MiB from 128 to 10240' },
  timeout: { check: isWhole(1, 29), takes: 'whole seconds from 1 to 29, for which API Gateway waits' },
  tags: { check: isTexts(/./, /^/), takes: 'texts by name' },
  manageIamRole: { check: isBoolean, takes: 'true or false' },
  iamRoleArn: { check: isString, takes: "a role's ARN" },
};

/**
 * The stage options in a value from a file or a program.
 * @param where the path to the value, with a dot at the end: `stages.prod.`
 * @throws BuildError GOBLET_BUILD_OPTION_UNKNOWN with the nearest known key; GOBLET_BUILD_OPTION_INVALID
 * @example const options = parseStageOptions(JSON.parse(text), 'stages.prod.');
 */
export function parseStageOptions(value: unknown, where = ''): StageOptions {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BuildError(optionsNotObject(where.slice(0, -1)));
  }
  for (const [key, given] of Object.entries(value)) {
    if (!isOption(key)) throw new BuildError(unknownOption(`${where}${key}`, nearest(key, Object.keys(OPTIONS))));
    const { check, takes } = OPTIONS[key];
    if (given !== undefined && !check(given)) throw new BuildError(invalidOption(`${where}${key}`, takes, given));
  }
  return value as StageOptions;
}

function isOption(key: string): key is keyof StageOptions {
  return Object.hasOwn(OPTIONS, key);
}
