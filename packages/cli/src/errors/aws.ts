import { coded } from './catalogue.js';

export const GOBLET_CLI_AWS = 'AWS, or the local cloud, refused a call or did not answer. The message has its answer.';

/** Remedies of a failure of AWS. */
export const remedies = {
  credentials: 'set AWS_PROFILE or keys, or start a local cloud with: npx goblet cloud',
  signIn: 'sign in again',
  permission: 'give these credentials the permission, or use others',
  network: 'check the network',
  /** @param variable the one that has the server's address */
  server: (variable: string) => `start the server there, or unset ${variable}`,
  keysOfCloud: 'use its keys: eval "$(npx goblet env)"',
  keys: 'check the keys',
  message: 'see what AWS says',
} as const;

/** @param where the account and region, or the endpoint in their place */
export const awsFailed = ({ name, message }: Error, where: string, remedy: string) =>
  coded(
    'GOBLET_CLI_AWS',
    `${name === 'Error' ? '' : `${name}: `}${message.split('\n')[0] || 'no message'} (from ${where}); ${remedy}`,
  );

export const noRegion = () =>
  coded('GOBLET_CLI_AWS', 'no region is set; give --region, or set AWS_REGION or that of your profile');

export const challenged = (username: string, challenge: string | undefined) =>
  coded('GOBLET_CLI_AWS', `${username} is asked for more than a password (${challenge}); sign in by your app`);

export const GOBLET_CLI_FUNCTION_ERROR =
  'The invoked function failed. The message has its error; its log is in `goblet logs`.';

export const functionFailed = (fn: string, error: string) =>
  coded('GOBLET_CLI_FUNCTION_ERROR', `${fn} failed: ${error}`);

export const GOBLET_CLI_INTERRUPTED = 'The command was interrupted before it was done.';

export const stillRunning = (fn: string) =>
  coded('GOBLET_CLI_INTERRUPTED', `${fn} is still running: goblet stopped waiting, and the invocation continues`);

export const GOBLET_CLI_NOT_DEPLOYED =
  'No stack has an app, a function or an API of that name in this account and region. Deploy it, or name the stack.';

type Deployed = 'function' | 'API';

export const noMatch = (what: Deployed, name: string, where: string, known: readonly string[]) =>
  coded('GOBLET_CLI_NOT_DEPLOYED', `no ${what} matches ${name} in ${where}; known: ${known.join(', ')}`);

/** @param command the one that deploys */
export const noStack = (what: Deployed, where: string, command: string) =>
  coded(
    'GOBLET_CLI_NOT_DEPLOYED',
    `no stack in ${where} has a Goblet ${what}; deploy one with: ${command}, or name another --region`,
  );

/** @param what the user pool or its client, with the wanted name if there is one */
export const notInAccount = (what: string, where: string, known: readonly string[]) =>
  coded(
    'GOBLET_CLI_NOT_DEPLOYED',
    `no ${what} is in ${where}; ${known.length > 0 ? `known: ${known.join(', ')}` : 'deploy a stack that has one'}`,
  );
