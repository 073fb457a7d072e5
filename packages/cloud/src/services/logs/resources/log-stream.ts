import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceType } from '../../../core/resource-type.js';

interface LogStreamProperties extends Properties {
  readonly LogGroupName: string;
  readonly LogStreamName?: string;
}

/** True if a stream is there; a create that was cut off left it. */
async function isThere(logGroupName: string, logStreamName: string, { call }: ResourceContext): Promise<boolean> {
  const { logStreams = [] } = await call('logs', 'DescribeLogStreams', {
    logGroupName,
    logStreamNamePrefix: logStreamName,
  });
  return logStreams.some((stream) => stream.logStreamName === logStreamName);
}

/** AWS::Logs::LogStream. Its physical id is its name, which CloudFormation makes of the stack's. */
export const logStream: ResourceType<LogStreamProperties> = {
  type: 'AWS::Logs::LogStream',
  newId: ({ LogStreamName }, { stackName, logicalId }) =>
    LogStreamName ?? `${stackName}-${logicalId}-${randomId.upper(12)}`,
  create: async (logStreamName, { LogGroupName: logGroupName, LogStreamName }, context) => {
    try {
      await context.call('logs', 'CreateLogStream', { logGroupName, logStreamName });
    } catch (error) {
      // A name of the template's own may be somebody else's stream.
      const isOwn = LogStreamName === undefined && (await isThere(logGroupName, logStreamName, context));
      if (!failedWith(error, 'ResourceAlreadyExistsException') || !isOwn) throw error;
    }
    return {};
  },
  update: async () => ({}),
  delete: (logStreamName, { LogGroupName: logGroupName }, { call }) =>
    unlessGone(call('logs', 'DeleteLogStream', { logGroupName, logStreamName })),
};
