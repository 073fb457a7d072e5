import type { AccessLog } from '../access-log.js';
import type { Place } from '../exchange.js';
import { compileTemplate } from '../template.js';
import type { WebSocketExchange } from './exchange.js';
import type { Failure, Outcome } from './integration.js';
import { contextVariable } from './scope.js';

/** Writes the line of an event ("Variables for access logging for API Gateway"). */
export type LogEvent = (exchange: WebSocketExchange, outcome: Outcome | Failure) => void;

/**
 * Compiles the access log of a stage. A variable without a value is a dash, as on AWS.
 * @param now epoch milliseconds
 */
export function webSocketAccessLog({ format, write }: AccessLog, place: Place, now: () => number): LogEvent {
  const template = compileTemplate(format);
  return (exchange, outcome) => {
    const known: Readonly<Record<string, unknown>> = {
      status: outcome.status,
      accountId: place.account,
      ...('reason' in outcome
        ? {
            'error.message': outcome.message,
            'error.messageString': JSON.stringify(outcome.message),
            'integration.error': outcome.reason,
            integrationErrorMessage: outcome.reason,
          }
        : {
            'integration.status': outcome.status,
            integrationStatus: outcome.status,
            'integration.latency': outcome.latency,
            integrationLatency: outcome.latency,
          }),
    };
    const line = template((variable) => {
      const name = variable.replace(/^context\./, '');
      const value = known[name] ?? contextVariable(exchange, place, name.split('.'));
      return value === undefined || value === '' ? '-' : value;
    });
    write(now(), line);
  };
}
