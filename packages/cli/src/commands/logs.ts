import { CliError } from '../cli-error.js';
import { ACCESS_OPTIONS, usingAws } from '../deployed/aws-access.js';
import type { SourcedLogEvent } from '../deployed/log-events.js';
import { logLines } from '../deployed/log-line.js';
import { fullName, selectFunctions } from '../deployed/select.js';
import { filterRefused } from '../errors/option.js';
import { withProgress } from '../terminal/progress.js';
import type { CommandDefinition } from './command.js';
import { since, text } from './option-value.js';

/** A CloudWatch error about a filter is an error in our option. */
function filterError(error: unknown, filter: string | undefined): unknown {
  if (filter === undefined || !(error instanceof Error) || error.name !== 'InvalidParameterException') return error;
  return new CliError(filterRefused(filter, error.message));
}

/** An event for programs, with its function. */
function eventJson({ source, timestamp, message, logStream }: SourcedLogEvent): string {
  const { stack, app, function: name, group: logGroup } = source;
  return JSON.stringify({
    timestamp: new Date(timestamp).toISOString(),
    ...{ stack, app, function: name, logGroup, logStream, message },
  });
}

export const logs: CommandDefinition = {
  name: 'logs',
  arguments: '[function]',
  summary: 'show the logs of the deployed functions',
  description:
    "Shows the logs of the functions that Goblet's construct has deployed in the account and region of the environment: all of them in order of time, or those of one stack, app or function. The first line on standard error says which AWS that is.",
  options: [
    { flags: '-f, --follow', description: 'keep showing new events until Ctrl-C' },
    {
      flags: '--since <time>',
      description: 'start time: 30s, 10m, 2h or 1d ago, or a date such as 2026-11-28T10:00:00Z',
      default: '10m',
    },
    { flags: '--filter <pattern>', description: 'show only events that match this CloudWatch Logs filter pattern' },
    ...ACCESS_OPTIONS,
    { flags: '--json', description: 'print each event as a JSON line' },
  ],
  examples: [
    ['npx goblet logs', 'show the last ten minutes of every function'],
    ['npx goblet logs WebApiDev/APIHandler --follow', 'follow one function until Ctrl-C'],
    ['npx goblet logs --since 1h --filter error', 'show the events of the last hour that contain error'],
    ['npx goblet logs jobs --json | jq -r .message', 'show the original messages of a function'],
  ],
  run: async ([name], options, terminal) => {
    const query = { since: since(options, Date.now()), filter: text(options, 'filter') };
    return usingAws(options, terminal, async (access) => {
      const { findDeployed } = await import('../deployed/find-deployed.js');
      const { followEvents, logsClient, readEvents } = await import('../deployed/log-events.js');
      const { logSources } = await import('../deployed/log-sources.js');
      const functions = selectFunctions(await findDeployed(access, terminal), name, access);
      const sources = await logSources(functions, access);
      const client = logsClient(access.config);
      let shown = 0;
      const show = async (events: AsyncIterable<SourcedLogEvent>) => {
        for await (const event of events) {
          if (terminal.signal.aborted) return;
          if (options.json === true) terminal.out(eventJson(event));
          else for (const line of logLines(event, event.source.label, terminal.resultColors)) terminal.out(line);
          shown += 1;
        }
      };
      try {
        if (options.follow === true) {
          terminal.note(terminal.colors.dim(`following ${functions.map(fullName).join(', ')}; stop with Ctrl-C`));
          await show(followEvents(client, sources, query, terminal.signal));
          return 0;
        }
        const how = () => `reading the logs of ${functions.map(fullName).join(', ')}`;
        await withProgress(terminal, how, () => show(readEvents(client, sources, query)));
      } catch (error) {
        throw filterError(error, query.filter);
      } finally {
        client.destroy();
      }
      if (shown === 0) {
        const what = query.filter === undefined ? 'nothing was logged' : 'no log event matches';
        terminal.note(`${what} since ${new Date(query.since).toISOString()}; --since 1d looks further back`);
      }
      return 0;
    });
  },
};
