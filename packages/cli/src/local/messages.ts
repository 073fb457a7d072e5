import type { AssumedCallers } from './assumed-callers.js';
import type { ServedApi } from './served-api.js';

/** Messages from the supervisor to a version of the app: its task, once, and later the end. */
export type SupervisorMessage = { readonly kind: 'serve'; readonly task: WorkerTask } | { readonly kind: 'drain' };

/** The task of a version. */
export interface WorkerTask {
  /** The bundle's file. */
  readonly bundle: string;
  readonly api: ServedApi;
  readonly callers: AssumedCallers;
  /** The only key that routes with API keys accept. */
  readonly apiKey: string;
  readonly host: string;
  readonly port: number;
  /** Milliseconds for a function to answer a request. */
  readonly timeout: number;
  /** True to print no line for each request. */
  readonly quiet: boolean;
  /** True to print only JSON lines on standard output. */
  readonly json: boolean;
  readonly colors: boolean;
}

/** Messages from a version of the app to the supervisor. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'listening'; readonly port: number }
  /** It accepts no new connections. */
  | { readonly kind: 'draining' }
  /** The app has ended its process; another version replaces it if it had received any request. */
  | { readonly kind: 'ended'; readonly what: string; readonly asked: boolean }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };
