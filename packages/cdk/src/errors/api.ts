import { coded } from './catalogue.js';

export const GOBLET_CDK_NO_API = 'Your code reads a property of an API that the app does not have.';

export const noApi = (app: string, what: 'routes' | 'REST API' | 'HTTP API' | 'WebSocket API') =>
  coded('GOBLET_CDK_NO_API', `the app ${app} has no ${what}`);

export const GOBLET_CDK_OUTPUT_TAKEN =
  'The stack already has an output of that name. Give the second app of a stack `outputs: { prefix }` or `outputs: false`.';

export const outputTaken = (stack: string, output: string, construct: string) =>
  coded(
    'GOBLET_CDK_OUTPUT_TAKEN',
    `the stack ${stack} already has the output ${output}; give ${construct} outputs: { prefix: '…' } or outputs: false`,
  );
