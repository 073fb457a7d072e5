import { createHash } from 'node:crypto';
import { assumeRole } from '../../../core/assume-role.js';
import type { CloudContext } from '../../../core/cloud.js';
import { internalCall } from '../../../core/internal-call.js';
import { LogStreamWriter } from '../../../core/log-stream-writer.js';
import type { Call } from '../../../core/operation.js';
import type { AccessLog } from '../../execute-api/index.js';
import type { AccessLogSettings } from '../access-log-settings.js';
import { type ApiPlace, type ApiStore, idBelow } from '../api-store.js';

/** Writes the access logs of stages to CloudWatch Logs. */
export interface AccessLogs {
  /** Undefined where the settings name no destination and format. */
  readonly of: (
    place: ApiPlace,
    apiId: string,
    stageName: string,
    settings: AccessLogSettings | undefined,
  ) => AccessLog | undefined;
  /** Writes what waits to be written. */
  readonly flush: () => Promise<void>;
}

/** A session with fewer milliseconds left than this is replaced. */
const FRESH_ENOUGH = 60_000;

export function accessLogs(context: CloudContext, store: ApiStore): AccessLogs {
  const writers = new Map<string, LogStreamWriter>();
  const warned = new Set<string>();

  /** Once a log; and not where a stage has gone, whose last lines found its log group gone before them. */
  async function warn(place: ApiPlace, stage: string, message: string): Promise<void> {
    if (warned.has(message)) return;
    if (!(await store.get(place, place.kind === 'restApi' ? 'stage' : 'httpStage', stage))) return;
    warned.add(message);
    context.emit({ kind: 'warning', time: context.now(), message });
  }

  function writer(place: ApiPlace, stage: string, group: string): LogStreamWriter {
    const key = `${stage} ${group}`;
    const known = writers.get(key);
    if (known) return known;
    const made = new LogStreamWriter(context, {
      group,
      // One for each stage, by a name that says nothing, as API Gateway names them.
      stream: createHash('sha256').update(stage).digest('hex').slice(0, 32),
      makesGroup: false,
      call: place.kind === 'httpApi' ? async () => deliveryCall(place) : loggingCall(context, store, place),
      refused: ({ message }) => {
        // The next line may find the group or the leave that this one lacked.
        writers.delete(key);
        // A cloud that stops meanwhile has nothing to warn of.
        warn(place, stage, `the access log of ${stage} is not written to ${group}: ${message}`).catch(() => {});
      },
    });
    writers.set(key, made);
    return made;
  }

  return {
    of: (place, apiId, stageName, { destinationArn, format } = {}) => {
      const group = /:log-group:([^:]+)/.exec(destinationArn ?? '')?.[1];
      if (group === undefined || format === undefined) return undefined;
      const stage = idBelow(apiId, stageName);
      return { format, write: (time, line) => writer(place, stage, group).write(time, line) };
    },
    flush: async () => {
      await Promise.all([...writers.values()].map((one) => one.flush()));
    },
  };
}

/** A call by the role that the account gave API Gateway to write the logs of REST APIs and WebSocket APIs. */
function loggingCall(context: CloudContext, store: ApiStore, place: ApiPlace): () => Promise<Call> {
  let session: { readonly call: Call; readonly expiration: number } | undefined;
  return async () => {
    if (session && session.expiration - context.now() > FRESH_ENOUGH) return session.call;
    const { cloudwatchRoleArn } = await store.account(place);
    const { accessKeyId, expiration } = await assumeRole(context, place, {
      service: 'apigateway.amazonaws.com',
      roleArn: cloudwatchRoleArn ?? '',
      sessionName: 'BackplaneAssumeRoleSession',
    });
    const principal = (await context.credentials.find(accessKeyId))?.principal;
    if (principal === undefined) throw new Error('the session of the logging role is unknown');
    session = { call: internalCall(place, principal), expiration };
    return session.call;
  };
}

/**
 * A call that delivers the lines of an HTTP API: on AWS by the log group's own policy, which API Gateway writes for a
 * new destination ("Configure logging for HTTP APIs in API Gateway"). Here the account itself delivers.
 */
function deliveryCall(place: ApiPlace): Call {
  return internalCall(place, { kind: 'root', account: place.account });
}
