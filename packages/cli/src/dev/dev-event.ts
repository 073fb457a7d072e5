import type { Terminal } from '../terminal/terminal.js';

/** Events of `goblet dev`, in addition to the cloud's own: one JSON line each with `--json`. */
export type DevEvent =
  /** A running cloud is used; its own terminal shows requests and logs. */
  | { readonly kind: 'usingCloud'; readonly endpoint: string; readonly pid: number }
  | { readonly kind: 'deploying'; readonly command: string; readonly reason: string }
  | { readonly kind: 'cdk'; readonly line: string }
  | { readonly kind: 'deployed'; readonly milliseconds: number; readonly urls: Readonly<Record<string, string>> }
  | { readonly kind: 'notDeployed'; readonly message: string }
  | { readonly kind: 'watching'; readonly apps: readonly string[] }
  | {
      readonly kind: 'updated';
      readonly app: string;
      readonly functions: readonly string[];
      readonly milliseconds: number;
    }
  | { readonly kind: 'unchanged'; readonly app: string }
  | { readonly kind: 'notUpdated'; readonly message: string };

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

/** Output of `cdk` about resources without problems, and empty lines. */
const PROGRESS = /^\s*$|\| +\d+\/\d+ \|(?!.*(FAILED|ROLLBACK))/;

/** The text that people see; undefined if there is nothing to show. */
export function devEventText(event: DevEvent, { bold, dim, green, red }: Terminal['colors']): string | undefined {
  switch (event.kind) {
    case 'usingCloud':
      return `${bold('local cloud')} on ${bold(event.endpoint)} ${dim(`is already running (process ${event.pid}); its own terminal shows requests and logs`)}`;
    case 'deploying':
      return `${bold(event.command)} ${dim(event.reason)}`;
    case 'cdk':
      return PROGRESS.test(event.line) ? undefined : `${dim('cdk |')} ${event.line}`;
    case 'deployed':
      return [
        `${green('deployed')} ${dim(`in ${seconds(event.milliseconds)}`)}`,
        ...Object.entries(event.urls).map(([name, url]) => `  ${dim(name)} ${bold(url)}`),
      ].join('\n');
    case 'notDeployed':
      return `${red('not deployed')}: ${event.message}\n${dim('the previous deployment keeps running; the next change deploys again')}`;
    case 'watching':
      return event.apps.length === 0
        ? `watching the CDK project; these stacks have no function of a Goblet construct ${dim('(Ctrl-C stops)')}`
        : `watching ${bold(event.apps.join(', '))} and the CDK project ${dim('(Ctrl-C stops)')}`;
    case 'updated':
      return `${green('updated')} ${bold(event.app)} ${dim(`in ${event.milliseconds.toFixed(0)} ms (${event.functions.join(', ')})`)}`;
    case 'unchanged':
      return dim(`${event.app} has not changed`);
    case 'notUpdated':
      return `${red('not updated')}: ${event.message}\n${dim('the previous version keeps serving')}`;
  }
}

/** Reports events as text for people, or as one JSON line each. */
export function devTeller(json: boolean, terminal: Terminal): (event: DevEvent) => void {
  return (event) => {
    const line = json ? JSON.stringify(event) : devEventText(event, terminal.colors);
    if (line === undefined) return;
    if (json) terminal.out(line);
    else terminal.note(line);
  };
}
