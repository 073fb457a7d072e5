import type { Call, Operation } from '../../../core/operation.js';
import type { ApiStore } from '../api-store.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input and output are its own
type AnyOperation = Operation<ApiStore, any, any>;

/** The operations on APIs of either protocol: which does it is known by the API that the input names, or is to make. */
export function byProtocol(http: readonly AnyOperation[], webSocket: readonly AnyOperation[]): readonly AnyOperation[] {
  const names = new Set(http.map(({ name }) => name));
  const others = new Map(webSocket.map((operation) => [operation.name, operation]));
  return [
    ...http.map((operation) => {
      const other = others.get(operation.name);
      return other ? either(operation, other) : operation;
    }),
    ...webSocket.filter(({ name }) => !names.has(name)),
  ];
}

function either(http: AnyOperation, webSocket: AnyOperation): AnyOperation {
  return {
    ...webSocket,
    handle: (input: Input, call: Call, store) =>
      isWebSocket(input, store)
        ? webSocket.handle(input, call, store)
        : http.handle(http.parse(input, call), call, store),
  };
}

interface Input {
  readonly ApiId?: string;
  readonly ProtocolType?: string;
}

function isWebSocket({ ApiId, ProtocolType }: Input, store: ApiStore): boolean {
  return ApiId === undefined ? ProtocolType === 'WEBSOCKET' : store.placeOf(ApiId)?.kind === 'webSocketApi';
}
