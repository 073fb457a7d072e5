/** What Goblet logs to. The console fits. */
export interface Logger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

/** Lambda's ("Log-level filtering" in the Lambda developer guide), and one above them all. */
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

const plain = (_key: string, value: unknown): unknown => {
  if (value instanceof Error) {
    // These may not be enumerable; what is undefined has no JSON.
    const { name, message, stack, cause, errors } = value as AggregateError;
    return { ...value, name, message, stack, cause, errors };
  }
  return typeof value === 'bigint' ? String(value) : value;
};

/** Anything as text, whatever it throws when it is asked. */
export const described = (value: unknown): string => {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
};

/** A logger's own fields win, so that nothing in a message can pass for its level, its request or its route. */
function merged(own: object, fields: object | undefined): Record<string, unknown> {
  try {
    return { ...own, ...(fields instanceof Error ? { error: fields } : fields), ...own };
  } catch (error) {
    return { ...own, unloggable: described(error) };
  }
}

/** One line whatever the fields are: what has no JSON is said to have none, the others stay. */
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
 * Writes one line of JSON for each message to standard output, where Lambda takes it from. It filters by the keys
 * `level` and `timestamp`, and would take a line without either for INFO.
 * GOBLET_LOG_LEVEL, else AWS_LAMBDA_LOG_LEVEL, sets the least level: debug, info (unless told), warn, error, silent.
 * @throws Error for a GOBLET_LOG_LEVEL that is none
 */
export function jsonLogger(environment: Readonly<Record<string, string | undefined>>): Logger {
  const { GOBLET_LOG_LEVEL: own, AWS_LAMBDA_LOG_LEVEL: lambdas } = environment;
  let least = LEVELS.indexOf((own || lambdas || 'info').toLowerCase());
  if (least < 0) {
    if (own) throw new Error(`GOBLET_ENV: GOBLET_LOG_LEVEL is none of ${LEVELS}`);
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

/** The same for each level. */
function logger(at: (level: keyof Logger) => (message: string, fields?: object) => void): Logger {
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
