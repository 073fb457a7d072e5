import type { AssumedCallers } from './assumed-callers.js';
import type { ServedApi } from './served-api.js';

/** What the supervisor tells a version of the app: its task, once, and later to end. */
export type SupervisorMessage = { readonly kind: 'serve'; readonly task: WorkerTask } | { readonly kind: 'drain' };

/** What a version is to serve. */
export interface WorkerTask {
  /** The bundle's file. */
  readonly bundle: string;
  readonly api: ServedApi;
  readonly callers: AssumedCallers;
  /** The one key that routes with API keys take. */
  readonly apiKey: string;
  readonly host: string;
  readonly port: number;
  /** Milliseconds a function has for one request. */
  readonly timeout: number;
  /** No line for each request. */
  readonly quiet: boolean;
  /** JSON lines on standard output, and nothing else there. */
  readonly json: boolean;
  readonly colors: boolean;
}

/** What a version of the app tells the supervisor. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'listening'; readonly port: number }
  /** It takes no new connection any more. */
  | { readonly kind: 'draining' }
  /** The app has ended its process; another is to take its place where anything had been asked of it. */
  | { readonly kind: 'ended'; readonly what: string; readonly asked: boolean }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };
