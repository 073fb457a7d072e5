import type { Terminal } from '../terminal/terminal.js';

/** Events of `goblet local`: one JSON line each with `--json`. */
export type LocalEvent =
  | { readonly kind: 'target'; readonly message: string; readonly notChecked: readonly string[] }
  | { readonly kind: 'notice'; readonly message: string }
  | { readonly kind: 'apiKey'; readonly value: string }
  | { readonly kind: 'serving'; readonly name: string; readonly api: 'rest' | 'http'; readonly url: string }
  | { readonly kind: 'reloaded'; readonly milliseconds: number }
  | { readonly kind: 'notReloaded'; readonly message: string }
  | { readonly kind: 'ended'; readonly what: string; readonly startsAgain: boolean }
  | { readonly kind: 'startedAgain' }
  | { readonly kind: 'notStarted'; readonly message: string }
  | RequestEvent;

/** An answered request. */
export interface RequestEvent {
  readonly kind: 'request';
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
}

const API = { rest: 'a REST API', http: 'an HTTP API' } as const;

/** The text that people see. */
export function localEventText(event: LocalEvent, colors: Terminal['colors']): string {
  const { bold, dim, red, green, yellow } = colors;
  switch (event.kind) {
    case 'target':
      return event.notChecked.length === 0
        ? event.message
        : `${event.message}; ${yellow(`NOT CHECKED: the callers of ${event.notChecked.join(', ')} routes (--auth)`)}`;
    case 'notice':
      return event.message;
    case 'apiKey':
      return `API key for local use: ${bold(event.value)} ${dim('(x-api-key)')}`;
    case 'serving':
      return `${bold(event.name)} serving on ${bold(event.url)} ${dim(`as ${API[event.api]}, until Ctrl-C; changes reload`)}`;
    case 'reloaded':
      return `${green('reloaded')} ${dim(`in ${event.milliseconds.toFixed(0)} ms`)}`;
    case 'notReloaded':
      return `${red('not reloaded')}: ${event.message}\n${dim('the previous version keeps serving')}`;
    case 'ended': {
      const ended = `${red('the app ended its process')} (${event.what})`;
      return event.startsAgain ? ended : `${ended} before it received a request; it starts again with the next change`;
    }
    case 'startedAgain':
      return green('started again');
    case 'notStarted':
      return `${red('not started')}: ${event.message}`;
    case 'request': {
      const color = event.status >= 500 ? red : event.status >= 400 ? yellow : green;
      return `${color(String(event.status))} ${event.method} ${event.path} ${dim(`${event.milliseconds.toFixed(0)} ms`)}`;
    }
  }
}
