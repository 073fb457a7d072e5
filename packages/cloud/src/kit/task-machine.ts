/** How failures of a state are retried. */
export interface Retrier {
  /** `States.ALL` */
  readonly errors: readonly string[];
  /** Seconds before the first retry. */
  readonly interval: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
}

export interface Catcher {
  readonly errors: readonly string[];
  readonly next: string;
}

/** A state that calls a function with its input; what the function returns is the state's output. */
export interface TaskState {
  readonly functionArn: string;
  /** Undefined for a state that ends the execution. */
  readonly next: string | undefined;
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

/** A state machine all of whose states call functions, as the one with which CDK's provider framework waits. */
export interface TaskMachine {
  readonly startAt: string;
  readonly states: Readonly<Record<string, TaskState>>;
}

const FUNCTION = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[^:]+(:[^:]+)?$/;
const MACHINE = new Set(['Comment', 'QueryLanguage', 'StartAt', 'States', 'Version']);
const STATE = new Set(['Catch', 'Comment', 'End', 'Next', 'Resource', 'Retry', 'Type']);
const RETRIER = new Set(['BackoffRate', 'Comment', 'ErrorEquals', 'IntervalSeconds', 'MaxAttempts']);
const CATCHER = new Set(['Comment', 'ErrorEquals', 'Next']);

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads a definition in the Amazon States Language, whose defaults are AWS's.
 * @param properties of an AWS::StepFunctions::StateMachine
 * @returns undefined for a machine that does anything but call functions one after another
 */
export function taskMachine(properties: unknown): TaskMachine | undefined {
  const { DefinitionString: text, Definition, DefinitionS3Location, DefinitionSubstitutions } = recordOf(properties);
  if (DefinitionS3Location !== undefined || DefinitionSubstitutions !== undefined) return undefined;
  const definition = typeof text === 'string' ? parsed(text) : Definition;
  const { StartAt: startAt, States, QueryLanguage = 'JSONPath' } = recordOf(definition);
  if (typeof startAt !== 'string' || QueryLanguage !== 'JSONPath' || !hasOnly(definition, MACHINE)) return undefined;
  const states: Record<string, TaskState> = {};
  for (const [name, state] of Object.entries(recordOf(States))) {
    const task = taskState(state);
    if (task === undefined) return undefined;
    states[name] = task;
  }
  const targets = Object.values(states).flatMap(({ next, catch: catchers }) => [
    next,
    ...catchers.map((one) => one.next),
  ]);
  const named = [startAt, ...targets].every((name) => name === undefined || Object.hasOwn(states, name));
  return named ? { startAt, states } : undefined;
}

function taskState(state: unknown): TaskState | undefined {
  const { Type, Resource, Next, End, Retry = [], Catch = [] } = recordOf(state);
  if (Type !== 'Task' || typeof Resource !== 'string' || !FUNCTION.test(Resource) || !hasOnly(state, STATE)) {
    return undefined;
  }
  const retry = listOf(Retry).map(retrier);
  const catchers = listOf(Catch).map(catcher);
  if (retry.includes(undefined) || catchers.includes(undefined)) return undefined;
  const next = typeof Next === 'string' ? Next : undefined;
  if ((next === undefined) !== (End === true)) return undefined;
  return {
    functionArn: Resource,
    next,
    retry: retry.filter((one) => one !== undefined),
    catch: catchers.filter((one) => one !== undefined),
  };
}

function retrier(value: unknown): Retrier | undefined {
  const { ErrorEquals, IntervalSeconds = 1, MaxAttempts = 3, BackoffRate = 2 } = recordOf(value);
  if (!hasOnly(value, RETRIER)) return undefined;
  return {
    errors: listOf(ErrorEquals).map(String),
    interval: Number(IntervalSeconds),
    maxAttempts: Number(MaxAttempts),
    backoffRate: Number(BackoffRate),
  };
}

function catcher(value: unknown): Catcher | undefined {
  const { ErrorEquals, Next } = recordOf(value);
  if (typeof Next !== 'string' || !hasOnly(value, CATCHER)) return undefined;
  return { errors: listOf(ErrorEquals).map(String), next: Next };
}

function hasOnly(value: unknown, names: ReadonlySet<string>): boolean {
  return Object.keys(recordOf(value)).every((name) => names.has(name));
}

function recordOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
