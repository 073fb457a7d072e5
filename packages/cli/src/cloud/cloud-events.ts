import type { CloudEvent } from '@goblet/cloud';
import type { Terminal } from '../terminal/terminal.js';

type Colors = Terminal['colors'];
type Printer<K extends CloudEvent['kind']> = (event: Extract<CloudEvent, { kind: K }>, colors: Colors) => string[];

function who(principal: Extract<CloudEvent, { kind: 'accessDenied' }>['principal']): string {
  switch (principal.kind) {
    case 'root':
      return `the root of account ${principal.account}`;
    case 'user':
      return `user ${principal.userName} (${principal.userArn})`;
    case 'assumedRole':
      return `role ${principal.roleName} (${principal.roleArn})`;
    case 'service':
      return principal.sourceArn ? `${principal.service} for ${principal.sourceArn}` : principal.service;
    case 'anonymous':
      return 'somebody without credentials';
  }
}

const accessDenied: Printer<'accessDenied'> = (event, { red, yellow, bold, dim }) => [
  `${event.refused ? red('✗ access denied') : yellow('! access would be denied')}  ${bold(event.action)}`,
  `    ${dim('on')}     ${event.resource}`,
  `    ${dim('by')}     ${who(event.principal)}`,
  `    ${dim('why')}    ${event.reason}`,
  `    ${dim('allow')}  ${event.statement}`,
];

const stack: Printer<'stack'> = (event, { green, red, yellow, dim }) => {
  const failed = /FAILED|ROLLBACK/.test(event.status);
  const color = failed ? red : event.status.endsWith('_COMPLETE') ? green : yellow;
  const reason = event.reason ? `  ${event.reason}` : '';
  return [
    `${color('●')} ${event.stackName} ${color(event.status)}${reason} ${dim(`${event.account} ${event.region}`)}`,
  ];
};

const request: Printer<'request'> = (event, { green, yellow, red, dim }) => {
  const color = event.status >= 500 ? red : event.status >= 400 ? yellow : green;
  return [`${color(String(event.status))} ${event.method} ${event.path} ${dim(`${event.milliseconds.toFixed(0)} ms`)}`];
};

/** Lambda's own START, END and REPORT lines repeat what the request line says. */
const PLATFORM_LINE = /^(START|END|REPORT|INIT_START) /;

const log: Printer<'log'> = (event, { dim }) =>
  event.message
    .trimEnd()
    .split('\n')
    .filter((line) => !PLATFORM_LINE.test(line))
    .map((line) => `${dim(`${event.functionName} |`)} ${line}`);

const policy: Printer<'policy'> = (event, { yellow, bold, dim }) => [
  event.holds === 'never'
    ? `${yellow('!')} this ${bold(event.effect)} can never apply here`
    : `${yellow('!')} a condition of this ${bold(event.effect)} always holds here`,
  `    ${dim('in')}     statement ${event.statement} of ${event.policy}`,
  `    ${dim('why')}    no request of the local cloud has the condition key ${event.key}`,
];

const message: Printer<'message'> = (event, { bold, dim }) => [
  `${dim('✉')} ${event.medium === 'EMAIL' ? 'mail' : 'text'} to ${event.destination} ${dim(`(not sent; ${event.purpose} of ${event.username} in ${event.userPoolId})`)}`,
  ...(event.subject === undefined ? [] : [`    ${bold(event.subject)}`]),
  ...event.body.split('\n').map((line) => `    ${line}`),
];

const warning: Printer<'warning'> = (event, { yellow }) => [`${yellow('!')} ${event.message}`];

/** The lines that people see for an event of the cloud; none if there is nothing to show. */
export function cloudEventLines(event: CloudEvent, colors: Colors): string[] {
  switch (event.kind) {
    case 'accessDenied':
      return accessDenied(event, colors);
    case 'stack':
      return stack(event, colors);
    case 'request':
      return request(event, colors);
    case 'log':
      return log(event, colors);
    case 'policy':
      return policy(event, colors);
    case 'message':
      return message(event, colors);
    case 'warning':
      return warning(event, colors);
  }
}
