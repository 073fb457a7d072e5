import type { Terminal } from '../terminal/terminal.js';

/** What happens in `goblet dev` besides the cloud's own events: a JSON line each with `--json`. */
export type DevEvent =
  /** A cloud that runs already is used; its own terminal tells of requests and logs. */
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

/** What `cdk` says of each resource that goes well, and nothing at all. */
const PROGRESS = /^\s*$|\| +\d+\/\d+ \|(?!.*(FAILED|ROLLBACK))/;

/** What a person reads of it; undefined where there is nothing to tell. */
export function devEventText(event: DevEvent, { bold, dim, green, red }: Terminal['colors']): string | undefined {
  switch (event.kind) {
    case 'usingCloud':
      return `${bold('local cloud')} on ${bold(event.endpoint)} ${dim(`runs already (process ${event.pid}): requests and logs are in its terminal`)}`;
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
      return `${red('not deployed')}: ${event.message}\n${dim('what was deployed before goes on; the next change deploys again')}`;
    case 'watching':
      return event.apps.length === 0
        ? `watching the CDK project: no function of a Goblet construct is in these stacks ${dim('(Ctrl-C stops)')}`
        : `watching ${bold(event.apps.join(', '))} and the CDK project ${dim('(Ctrl-C stops)')}`;
    case 'updated':
      return `${green('updated')} ${bold(event.app)} ${dim(`in ${event.milliseconds.toFixed(0)} ms (${event.functions.join(', ')})`)}`;
    case 'unchanged':
      return dim(`${event.app} is as it was`);
    case 'notUpdated':
      return `${red('not updated')}: ${event.message}\n${dim('the version before goes on serving')}`;
  }
}
