import { serveCloud } from '../cloud/serve-cloud.js';
import { ended } from '../terminal/terminal.js';
import { CLOUD_OPTIONS, serveOptions } from './cloud-options.js';
import type { CommandDefinition } from './command.js';

export const cloud: CommandDefinition = {
  name: 'cloud',
  summary: 'run the local cloud until Ctrl-C',
  description:
    'Serves AWS APIs on one loopback port, among them CloudFormation, Lambda, API Gateway, DynamoDB, IAM, S3, SQS, SNS, EventBridge, Kinesis and Cognito. The unmodified cdk CLI and the SDKs work with it, and IAM is enforced.',
  options: CLOUD_OPTIONS,
  examples: [
    ['npx goblet cloud', 'serve on 127.0.0.1:4566 and keep data in .goblet'],
    ['npx goblet cloud --port 4600 --ephemeral', 'use another port and keep nothing'],
  ],
  run: async (_args, options, terminal) => {
    await using _served = await serveCloud(serveOptions(options), terminal);
    if (options.json !== true)
      terminal.note(terminal.colors.dim('in another terminal: eval "$(npx goblet env)"   stop with Ctrl-C'));
    await ended(terminal.signal);
    if (options.json !== true) terminal.note('stopping');
    return 0;
  },
};
