/** What Goblet logs to. The console fits. */
export interface Logger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];

const plain = (_key: string, value: unknown): unknown => {
  if (value instanceof Error) return { ...value, name: value.name, message: value.message, stack: value.stack };
  return typeof value === 'bigint' ? String(value) : value;
};

function jsonLine(level: string, message: string, fields: object): string {
  const head = { time: new Date().toISOString(), level, message };
  try {
    return JSON.stringify({ ...head, ...fields }, plain);
  } catch (error) {
    return JSON.stringify({ ...head, unloggable: String(error) });
  }
}

/**
 * Writes one line of JSON for each message to standard output, where Lambda takes it from.
 * GOBLET_LOG_LEVEL, else AWS_LAMBDA_LOG_LEVEL, sets the least level: debug, info (unless told), warn, error, silent.
 */
export function jsonLogger(environment: Readonly<Record<string, string | undefined>>): Logger {
  const wanted = environment.GOBLET_LOG_LEVEL ?? environment.AWS_LAMBDA_LOG_LEVEL ?? 'info';
  const least = Math.max(0, LEVELS.indexOf(wanted.toLowerCase()));
  const at =
    (level: string, rank: number) =>
    (message: string, fields: object = {}): void => {
      if (rank >= least) process.stdout.write(`${jsonLine(level, message, fields)}\n`);
    };
  return { debug: at('debug', 0), info: at('info', 1), warn: at('warn', 2), error: at('error', 3) };
}

/** A logger that adds these fields to every line. */
export function childLogger(parent: Logger, own: object): Logger {
  const at = (level: keyof Logger) => (message: string, fields?: object) =>
    parent[level](message, { ...own, ...fields });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
