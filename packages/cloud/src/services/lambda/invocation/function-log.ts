import type { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import { LogStreamWriter } from '../../../core/log-stream-writer.js';
import type { Call, Scope } from '../../../core/operation.js';
import type { EnvironmentLog } from '../../../runtime/environment-output.js';
import { functionArn } from '../functions/function-name.js';

export interface LogTarget extends Scope {
  readonly functionName: string;
  readonly version: string;
  readonly group: string;
  readonly stream: string;
  /** A call by the function's role: only what it may write is written. */
  readonly call: () => Promise<Call>;
  /** Told once for a function whose role may not write its log. */
  readonly refused: (error: AwsError) => void;
}

/**
 * The log of one execution environment. Lines go to the terminal at once, and to CloudWatch Logs with the function's
 * role.
 */
export class FunctionLog implements EnvironmentLog {
  readonly #context: CloudContext;
  readonly #target: LogTarget;
  readonly #writer: LogStreamWriter;
  /** The ARN of the version whose environment writes this. */
  readonly writer: string;

  constructor(context: CloudContext, target: LogTarget) {
    this.#context = context;
    this.#target = target;
    this.#writer = new LogStreamWriter(context, {
      ...target,
      makesGroup: true,
      // Who deletes a group that is written to knows it; the next environment makes it again, as on AWS.
      refused: (error) => {
        if (error.code !== 'ResourceNotFoundException') target.refused(error);
      },
    });
    this.writer = functionArn({ ...target, name: target.functionName, qualifier: target.version });
  }

  write(time: number, message: string, origin: 'function' | 'platform'): void {
    const { account, region, functionName } = this.#target;
    if (origin === 'function') this.#context.emit({ kind: 'log', time, account, region, functionName, message });
    // As on Lambda, whose runtimes write lines.
    this.#writer.write(time, message.endsWith('\n') ? message : `${message}\n`);
  }

  end(): void {
    void this.flush();
  }

  /** Writes what there is. Resolves when all that was written before is in CloudWatch Logs, or refused. */
  flush(): Promise<void> {
    return this.#writer.flush();
  }

  /** Writes what there is, and makes no stream or group any more. */
  finish(): Promise<void> {
    return this.#writer.finish();
  }
}
