import { AwsError } from '../../../../core/aws-error.js';
import type { CloudContext } from '../../../../core/cloud.js';
import { defined } from '../../../../core/defined.js';
import type { HttpRequest, HttpResponse } from '../../../../core/http.js';
import { header } from '../../../../core/http.js';
import type { Scope } from '../../../../core/operation.js';
import type { OpenWebSocket, WebSocketChannel } from '../../../../core/web-socket.js';
import { RecordStore } from '../../../../kit/record-store.js';
import { type Connection, newWebSocketId } from '../../../execute-api/index.js';
import type { ApiStore } from '../../api-store.js';
import type { WebSocketStage, WebSocketStages } from './served-stage.js';

/** "Idle Connection Timeout" and "Connection duration for WebSocket API", in milliseconds. */
export const CONNECTION_LIMITS = { idle: 10 * 60_000, duration: 2 * 60 * 60_000 } as const;

/** A connection that was opened. It is stored until its `$disconnect` has been called. */
interface ConnectionRecord extends Scope {
  readonly apiId: string;
  readonly stage: string;
  readonly connection: Connection;
}

interface Live {
  readonly record: ConnectionRecord;
  readonly channel: WebSocketChannel;
  /** Epoch milliseconds. */
  lastActiveAt: number;
  /** Something came or left. */
  readonly touch: () => void;
}

/** The state of a connection, for GetConnection. */
export interface ConnectionState {
  readonly connection: Connection;
  readonly lastActiveAt: number;
}

/** Where a client connects. */
export interface ConnectTarget {
  readonly apiId: string;
  readonly stage: string;
  readonly domainName: string;
}

/** The open connections of all WebSocket APIs. */
export class Connections {
  readonly #context: CloudContext;
  readonly #stages: WebSocketStages;
  readonly #limits: typeof CONNECTION_LIMITS;
  readonly #records: RecordStore<ConnectionRecord>;
  readonly #live = new Map<string, Live>();
  #stopping = false;

  constructor(context: CloudContext, store: ApiStore, stages: WebSocketStages, limits = CONNECTION_LIMITS) {
    this.#context = context;
    this.#stages = stages;
    this.#limits = limits;
    this.#records = new RecordStore<ConnectionRecord>(
      context.store.area('all', 'all', 'apigateway-connections'),
      ({ connection }) => connection.id,
    );
    store.onChange(() => {
      for (const { record, channel } of this.#live.values())
        if (store.placeOf(record.apiId) === undefined) channel.close(1001, GOING_AWAY);
    });
  }

  /**
   * Reads the connections that were open when the cloud last ran. They have ended with it: their `$disconnect` is called
   * now.
   */
  async start(): Promise<void> {
    await this.#records.load();
    for (const record of this.#records.all) void this.#ended(record, 1006, BROKEN);
  }

  /** The connections end with the cloud. Their `$disconnect` is called when it starts again: functions end with it too. */
  stop(): void {
    this.#stopping = true;
    for (const { channel } of this.#live.values()) channel.terminate();
    this.#live.clear();
  }

  /** Asks the API whether a client may connect, and opens the connection if it may. */
  async open(
    stage: WebSocketStage,
    { apiId, stage: stageName, domainName }: ConnectTarget,
    request: HttpRequest,
    open: OpenWebSocket,
  ): Promise<HttpResponse | 'opened'> {
    const { now } = this.#context;
    const userAgent = header(request, 'user-agent');
    const caller = {
      id: newWebSocketId(),
      connectedAt: now(),
      domainName,
      sourceIp: request.sourceIp,
      ...defined({ userAgent }),
    };
    const admission = await stage.api.connect(request, caller);
    if ('refused' in admission) return admission.refused;
    const { connection, protocol } = admission;
    const record: ConnectionRecord = { ...stage.scope, apiId, stage: stageName, connection };
    await this.#records.put(record);
    const opened = await open(protocol, (channel) => this.#listen(record, channel));
    if (!opened) await this.#ended(record, 1006, BROKEN);
    return 'opened';
  }

  /** @throws AwsError GoneException */
  state(apiId: string, stage: string, id: string): ConnectionState {
    const { record, lastActiveAt } = this.#find(apiId, stage, id);
    return { connection: record.connection, lastActiveAt };
  }

  /**
   * Resolves when the text has left.
   * @throws AwsError GoneException
   */
  async post(apiId: string, stage: string, id: string, text: string): Promise<void> {
    const live = this.#find(apiId, stage, id);
    live.touch();
    await live.channel.send(text).catch(() => {
      throw gone();
    });
  }

  /** @throws AwsError GoneException */
  close(apiId: string, stage: string, id: string): void {
    this.#find(apiId, stage, id).channel.close(1000, 'Connection Closed Normally');
  }

  #find(apiId: string, stage: string, id: string): Live {
    const live = this.#live.get(id);
    if (live?.record.apiId !== apiId || live.record.stage !== stage) throw gone();
    return live;
  }

  #listen(record: ConnectionRecord, channel: WebSocketChannel) {
    const { now } = this.#context;
    const { id } = record.connection;
    const leave = () => channel.close(1001, GOING_AWAY);
    const idle = setTimeout(leave, this.#limits.idle);
    const whole = setTimeout(leave, this.#limits.duration);
    idle.unref();
    whole.unref();
    const live: Live = {
      record,
      channel,
      lastActiveAt: now(),
      touch: () => {
        live.lastActiveAt = now();
        idle.refresh();
      },
    };
    this.#live.set(id, live);
    return {
      active: live.touch,
      message: (text: string) => {
        live.touch();
        void this.#answer(live, text);
      },
      closed: (code: number, reason: string) => {
        clearTimeout(idle);
        clearTimeout(whole);
        this.#live.delete(id);
        if (!this.#stopping) void this.#ended(record, code, reason || REASONS[code] || '');
      },
    };
  }

  async #answer({ record, channel }: Live, text: string): Promise<void> {
    const { apiId, stage: stageName, connection } = record;
    try {
      const stage = await this.#stages.get(apiId, stageName);
      const answer = await stage?.api.message(connection, text);
      if (answer !== undefined) await channel.send(answer);
    } catch (error) {
      // A client that has gone meanwhile gets no answer.
      if (this.#live.has(connection.id)) this.#warn(`a message to ${apiId}/${stageName} failed`, error);
    }
  }

  async #ended(record: ConnectionRecord, code: number, reason: string): Promise<void> {
    const { apiId, stage: stageName, connection } = record;
    try {
      const stage = await this.#stages.get(apiId, stageName);
      await stage?.api.disconnect(connection, code, reason);
      if (!this.#stopping) await this.#records.delete(connection.id);
    } catch (error) {
      if (!this.#stopping) this.#warn(`the end of a connection to ${apiId}/${stageName} was not told`, error);
    }
  }

  #warn(what: string, error: unknown): void {
    const { emit, now } = this.#context;
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    emit({ kind: 'warning', time: now(), message: `${what}: ${why}` });
  }
}

const GOING_AWAY = 'Going away';
const BROKEN = 'Connection Closed Abnormally';

/** Reasons where the client gives none. */
const REASONS: Readonly<Record<number, string>> = {
  1000: 'Connection Closed Normally',
  1001: GOING_AWAY,
  1005: 'Client-side close frame status not set',
  1006: BROKEN,
};

function gone(): AwsError {
  return new AwsError('GoneException', '', 410);
}
