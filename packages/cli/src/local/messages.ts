import type { Inventory } from '@goblet/build';

/** What the supervisor tells a version of the app: its task, once, and later to end. */
export type SupervisorMessage = { readonly kind: 'serve'; readonly task: WorkerTask } | { readonly kind: 'drain' };

/** What a version is to serve. */
export interface WorkerTask {
  /** The bundle's file. */
  readonly bundle: string;
  readonly definition: unknown;
  readonly inventory: Pick<Inventory, 'name'>;
  readonly host: string;
  readonly port: number;
  /** Milliseconds a function has for one request. */
  readonly timeout: number;
  readonly quiet: boolean;
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
