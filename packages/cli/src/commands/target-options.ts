import type { OptionDefinition } from './command.js';

/** The options of every command that works in an account and a region of a local cloud. */
export const ACCOUNT_OPTIONS: readonly OptionDefinition[] = [
  { flags: '--account <digits>', description: 'the AWS account to be the root of (default: 000000000000)' },
  { flags: '--region <region>', description: 'the region (default: AWS_REGION, else us-east-1)' },
];

/** The options of every command that works on a running local cloud. */
export const TARGET_OPTIONS: readonly OptionDefinition[] = [
  ...ACCOUNT_OPTIONS,
  { flags: '--data <folder>', description: 'the data folder of the cloud (default: the nearest .goblet)' },
];
