import type { OptionDefinition } from './command.js';

/** The options of every command that works in an account and a region of a local cloud. */
export const ACCOUNT_OPTIONS: readonly OptionDefinition[] = [
  { flags: '--account <digits>', description: 'AWS account, as its root (default: 000000000000)' },
  { flags: '--region <region>', description: 'region (default: AWS_REGION, else us-east-1)' },
];

/** The options of every command that uses a running local cloud. */
export const TARGET_OPTIONS: readonly OptionDefinition[] = [
  ...ACCOUNT_OPTIONS,
  { flags: '--data <folder>', description: 'data folder of the local cloud (default: the nearest .goblet)' },
];
