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

function jsonLine(level: string, message: string, fields: object = {}): string {
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
  const least = LEVELS.indexOf(wanted.toLowerCase());
  return logger((level) => (message, fields) => {
    if (LEVELS.indexOf(level) >= least) process.stdout.write(`${jsonLine(level, message, fields)}\n`);
  });
}

/** A logger that adds these fields to every line. */
export function childLogger(parent: Logger, own: object): Logger {
  return logger((level) => (message, fields) => parent[level](message, { ...own, ...fields }));
}

/** The same for each level. */
function logger(at: (level: keyof Logger) => (message: string, fields?: object) => void): Logger {
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
