/** The input with which an environment starts. */
export interface EnvironmentImage {
  readonly version: string;
  /** MB */
  readonly memorySize: number;
  /** Seconds */
  readonly timeout: number;
  /** The folder of the unpacked code. */
  readonly taskRoot: string;
  /** A program that starts the runtime, which its arguments are (`AWS_LAMBDA_EXEC_WRAPPER`). */
  readonly wrapper?: string | undefined;
  /** The whole environment of the process, except the address of the Runtime API. */
  readonly variables: Readonly<Record<string, string>>;
  /** Epoch milliseconds at which its credentials expire. */
  readonly expiration: number;
  readonly jsonLog: boolean;
  /** The ids of the cloud's APIs, whose names at AWS the process leads to the cloud. @default none */
  readonly apiIds?: () => ReadonlySet<string>;
}
