import { invalidLevel } from '../errors/requests.js';

/** The logger that Goblet uses. `console` matches it. */
export interface Logger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

/** Lambda's levels ("Log-level filtering" in the Lambda developer guide), and one above them all. */
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

const plain = (_key: string, value: unknown): unknown => {
  if (value instanceof Error) {
    // These may not be enumerable; undefined members are omitted from JSON.
    const { name, message, stack, cause, errors } = value as AggregateError;
    return { ...value, name, message, stack, cause, errors };
  }
  return typeof value === 'bigint' ? String(value) : value;
};

/** Any value as text, even if it throws when it is converted. */
export const described = (value: unknown): string => {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
};

/** The logger's own fields override others, so that nothing in a message can imitate its level, request or route. */
function merged(own: object, fields: object | undefined): Record<string, unknown> {
  try {
    return { ...own, ...(fields instanceof Error ? { error: fields } : fields), ...own };
  } catch (error) {
    return { ...own, unloggable: described(error) };
  }
}

/** Always one line: fields without JSON are replaced by a description, the others are kept. */
function jsonLine(line: Record<string, unknown>): string {
  try {
    return JSON.stringify(line, plain);
  } catch {
    for (const name in line)
      try {
        JSON.stringify(line[name], plain);
      } catch (error) {
        const value = line[name];
        line[name] = described(value instanceof Error ? value.stack : error);
      }
    return JSON.stringify(line, plain);
  }
}

/**
 * Writes one line of JSON for each message to standard output, where Lambda collects it. Lambda filters by the keys
 * `level` and `timestamp`, and would treat a line without either as INFO.
 * GOBLET_LOG_LEVEL, else AWS_LAMBDA_LOG_LEVEL, sets the lowest level: debug, info (default), warn, error, silent.
 * @throws Error for an invalid GOBLET_LOG_LEVEL
 */
export function jsonLogger(environment: Readonly<Record<string, string | undefined>>): Logger {
  const { GOBLET_LOG_LEVEL: own, AWS_LAMBDA_LOG_LEVEL: lambdas } = environment;
  let least = LEVELS.indexOf((own || lambdas || 'info').toLowerCase());
  if (least < 0) {
    if (own) throw new Error(invalidLevel(LEVELS));
    least = LEVELS.indexOf('info');
  }
  return logger((level) => (message, fields) => {
    if (LEVELS.indexOf(level) >= least)
      process.stdout.write(`${jsonLine(merged({ timestamp: new Date().toISOString(), level, message }, fields))}\n`);
  });
}

/** A logger that adds these fields to every line. */
export function childLogger(parent: Logger, own: object): Logger {
  return logger((level) => (message, fields) => parent[level](message, merged(own, fields)));
}

/** The same function for each level. */
function logger(at: (level: keyof Logger) => (message: string, fields?: object) => void): Logger {
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
