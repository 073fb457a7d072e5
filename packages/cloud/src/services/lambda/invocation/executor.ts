import { createHash } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import type { SessionCredentials } from '../../../core/credentials.js';
import { defined } from '../../../core/defined.js';
import { internalCall } from '../../../core/internal-call.js';
import { toLocalUrls } from '../../../core/local-url.js';
import type { Call, Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { CodeFolders } from '../../../runtime/code-folder.js';
import { CodeError } from '../../../runtime/code-package.js';
import type { EnvironmentImage } from '../../../runtime/environment-image.js';
import type { EnvironmentLog } from '../../../runtime/environment-output.js';
import { Fleet } from '../../../runtime/fleet.js';
import { FunctionPool } from '../../../runtime/function-pool.js';
import type { Invocation, InvocationResult } from '../../../runtime/invocation.js';
import { type ProcessPlace, processVariables } from '../functions/environment-variables.js';
import { assumeExecutionRole, roleUnusable } from '../functions/execution-role.js';
import { functionArn } from '../functions/function-name.js';
import { codeHash, type FunctionRecord, type FunctionVersion } from '../functions/function-record.js';
import type { FunctionStore } from '../functions/function-store.js';
import { isProvisioned, provisionedSum } from '../functions/provisioned-concurrency.js';
import { recordedPayload, whyRecorded } from '../functions/recorded-function.js';
import { runtimeStanding } from '../functions/runtimes.js';
import { Concurrency } from './concurrency.js';
import { FunctionLog } from './function-log.js';
import { functionMetrics } from './function-metrics.js';

interface RunningVersion {
  /** The image of its environments. */
  readonly content: string;
  readonly pool: FunctionPool;
}

/** Runs functions: a pool of environments for each version that is called, made from what is stored of it. */
export class Executor {
  readonly #context: CloudContext;
  readonly #functions: FunctionStore;
  readonly #fleet = new Fleet();
  readonly #folders: CodeFolders;
  readonly #concurrency = new Concurrency();
  readonly #running = new Map<string, RunningVersion>();
  readonly #logs = new Set<FunctionLog>();
  readonly #warned = new Set<string>();

  constructor(context: CloudContext, functions: FunctionStore) {
    this.#context = context;
    this.#functions = functions;
    this.#folders = new CodeFolders(context.workFolder, (path) =>
      context.emit({
        kind: 'warning',
        time: context.now(),
        message: `${path} is no longer what was deployed; new environments get the code as it was deployed`,
      }),
    );
  }

  /** Throws TooManyRequestsException; rejects where no environment can be made. */
  async invoke(
    scope: Scope,
    record: FunctionRecord,
    version: FunctionVersion,
    invocation: Invocation,
    reservations: () => number,
  ): Promise<InvocationResult> {
    const why = whyRecorded(version);
    if (why !== undefined) return this.#recorded(record.name, why);
    const place = `${scope.account}/${scope.region}`;
    const provisioned = isProvisioned(record, version.version);
    const metrics = functionMetrics(this.#context, scope, record.name, invocation.invokedArn);
    const taken = () =>
      this.#concurrency.take(place, `${place}/${record.name}`, limitOf(record, provisioned), reservations);
    const release = metrics.throttledOr(taken);
    metrics.running(this.#concurrency.running(`${place}/${record.name}`));
    let running: Promise<void> | undefined;
    try {
      const result = await this.#pool(scope, record.name, version, provisioned).invoke(invocation);
      metrics.ended(result);
      // A stream that has begun still takes up its environment.
      if (result.kind === 'stream') running = result.finished.then(release);
      return result;
    } finally {
      if (running === undefined) release();
    }
  }

  /**
   * Ends the environments of a function that has gone, or of one of its versions. When this resolves, what they wrote is
   * in their log, and they make no log group any more: a stack deletes its log group next.
   */
  async forget(scope: Scope, name: string, qualifier?: string): Promise<void> {
    const arn = functionArn({ ...scope, name, ...defined({ qualifier }) });
    for (const [key, { pool }] of this.#running) {
      if (key !== arn && !key.startsWith(`${arn}:`)) continue;
      pool.retire();
      this.#running.delete(key);
    }
    const logs = [...this.#logs].filter((log) => log.writer === arn || log.writer.startsWith(`${arn}:`));
    await Promise.all(logs.map((log) => log.finish()));
  }

  async close(): Promise<void> {
    const pools = [...this.#running.values()].map(({ pool }) => pool.close());
    await Promise.all([...pools, this.#fleet.close()]);
    await Promise.all([...this.#logs].map((log) => log.flush()));
    await this.#folders.close();
  }

  #recorded(name: string, why: string): InvocationResult {
    const payload = recordedPayload(name, why);
    this.#warnOnce(`recorded ${name}`, `the function ${name} was called and is only recorded: ${why}`);
    return { kind: 'payload', functionError: 'Unhandled', payload, log: async () => payload.toString() };
  }

  #pool(scope: Scope, name: string, version: FunctionVersion, provisioned: boolean): FunctionPool {
    const key = functionArn({ ...scope, name, qualifier: version.version });
    const running = this.#running.get(key);
    const content = `${version.contentId ?? version.revisionId} ${provisioned}`;
    if (running?.content === content) return running.pool;
    running?.pool.retire();
    this.#warnOfRuntime(version.runtime);
    const pool = this.#newPool(scope, name, version, provisioned);
    this.#running.set(key, { content, pool });
    return pool;
  }

  #newPool(scope: Scope, name: string, version: FunctionVersion, provisioned: boolean): FunctionPool {
    // Each environment has a session of its own, as on Lambda.
    const credentials = (): Promise<SessionCredentials> =>
      assumeExecutionRole(this.#context, scope, version.role, name, functionArn({ ...scope, name }));
    return new FunctionPool(this.#fleet, {
      image: async () => {
        const [taskRoot, layerRoot, keys] = await Promise.all([
          this.#unpacked(codeHash(version), () => this.#functions.code(scope, version)),
          this.#layerRoot(scope, version),
          credentials().catch((error: unknown) => {
            throw roleUnusable(error);
          }),
        ]);
        return this.#image(scope, name, version, { taskRoot, layerRoot, provisioned }, keys);
      },
      openLog: (image) => this.#openLog(scope, name, version, image),
    });
  }

  /** The folder that stands for /opt: the layers of a version, laid over each other in their order. */
  async #layerRoot(scope: Scope, { layers = [] }: FunctionVersion): Promise<string | undefined> {
    if (layers.length === 0) return undefined;
    const hash = createHash('sha256').update(layers.map(codeHash).join()).digest('hex');
    return this.#unpacked(hash, () => Promise.all(layers.map((layer) => this.#functions.code(scope, layer))));
  }

  async #unpacked(...[hash, zips]: Parameters<CodeFolders['folder']>): Promise<string> {
    try {
      return await this.#folders.folder(hash, zips);
    } catch (error) {
      if (!(error instanceof CodeError)) throw error;
      throw new AwsError('InvalidZipFileException', error.message, 502, { Type: 'User' });
    }
  }

  #image(
    scope: Scope,
    functionName: string,
    version: FunctionVersion,
    { taskRoot, layerRoot, provisioned }: Pick<ProcessPlace, 'taskRoot' | 'layerRoot' | 'provisioned'>,
    credentials: SessionCredentials,
  ): EnvironmentImage {
    const { endpoint, now, apiIds, rewriteUrls } = this.#context;
    const day = new Date(now()).toISOString().slice(0, 10).replaceAll('-', '/');
    const logStream = `${day}/[${version.version}]${randomId.uuid().replaceAll('-', '')}`;
    const local = (value: string): string => toLocalUrls(value, this.#context);
    const declared = Object.entries(version.environment ?? {}).map(([key, value]) => [key, local(value)] as const);
    return {
      version: version.version,
      memorySize: version.memorySize,
      timeout: version.timeout,
      taskRoot,
      wrapper: wrapperIn(version, taskRoot, layerRoot),
      expiration: credentials.expiration,
      jsonLog: version.logging.format === 'JSON',
      ...(rewriteUrls && { apiIds: () => apiIds }),
      variables: processVariables(version, Object.fromEntries(declared), credentials, {
        region: scope.region,
        endpoint: endpoint(),
        functionName,
        logStream,
        taskRoot,
        layerRoot,
        provisioned,
      }),
    };
  }

  #openLog(scope: Scope, functionName: string, version: FunctionVersion, image: EnvironmentImage): EnvironmentLog {
    let call: Call | undefined;
    const log = new FunctionLog(this.#context, {
      ...scope,
      functionName,
      version: version.version,
      group: version.logging.group,
      stream: image.variables.AWS_LAMBDA_LOG_STREAM_NAME ?? '',
      call: async () => {
        if (call) return call;
        const session = await this.#context.credentials.find(image.variables.AWS_ACCESS_KEY_ID ?? '');
        if (session === undefined) throw new Error('the session of the function’s role is unknown');
        call = internalCall(scope, session.principal);
        return call;
      },
      refused: (error) =>
        this.#warnOnce(
          functionArn({ ...scope, name: functionName }),
          `${functionName} has no log: its role may not write to ${version.logging.group} (${error.message})`,
        ),
    });
    this.#logs.add(log);
    return {
      write: (time, message, origin) => log.write(time, message, origin),
      end: () => void log.flush().then(() => this.#logs.delete(log)),
    };
  }

  #warnOfRuntime(runtime: string): void {
    const major = process.versions.node.split('.')[0];
    if (runtime !== `nodejs${major}.x`) {
      this.#warnOnce(
        runtime,
        `functions for ${runtime}${runtimeStanding(runtime) === 'retired' ? ', which AWS has retired,' : ''} run on Node.js ${process.versions.node}, the one that runs the local cloud`,
      );
    }
  }

  #warnOnce(key: string, message: string): void {
    if (this.#warned.has(key)) return;
    this.#warned.add(key);
    this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
  }
}

/** The program that starts the runtime of a function, at the place where its package or its layers are here. */
function wrapperIn(
  { environment }: FunctionVersion,
  taskRoot: string,
  layerRoot: string | undefined,
): string | undefined {
  const wrapper = environment?.AWS_LAMBDA_EXEC_WRAPPER;
  return wrapper?.replace(/^\/var\/task(?=\/)/, () => taskRoot).replace(/^\/opt(?=\/)/, () => layerRoot ?? '/opt');
}

/** The concurrency that a function reserves, without what is kept ready for other versions than the one that is called. */
function limitOf(record: FunctionRecord, provisioned: boolean): number | undefined {
  const { reservedConcurrency } = record;
  if (reservedConcurrency === undefined || provisioned) return reservedConcurrency;
  return reservedConcurrency - provisionedSum(record);
}
