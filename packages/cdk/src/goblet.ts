import { Annotations, CfnOutput, type CfnResource, Stack } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { AnyApp } from 'goblet' with { 'resolution-mode': 'import' };
import { appBuild } from './app-build.js';
import { bundleCode } from './bundle-code.js';
import { functionEnvironment } from './environment.js';
import { noApi, outputTaken } from './errors/api.js';
import { at } from './errors/place.js';
import { appFunction } from './functions.js';
import { GobletError } from './goblet-error.js';
import { httpApi, httpUrl, type MadeHttpApi } from './http-api.js';
import type { AppBuild } from './inventory.js';
import { checkNeeds, checkTimeout } from './needs.js';
import { checkBuildOptions, checkOptions } from './option-checks.js';
import type { FunctionOptions, Functions, GobletOptions, GobletProps, UncheckedNeeds } from './props.js';
import { restApi } from './rest-api.js';
import { bindSources } from './sources/index.js';
import { type MadeWebSocketApi, webSocketApi, webSocketSource } from './web-socket-api.js';

const API_HANDLER = 'APIHandler';
/** Maximum length of a function's description in Lambda. */
const DESCRIPTION = 256;

/**
 * An app's functions and its API, created from CDK's own constructs.
 * @example
 * const webApi = new Goblet<typeof app>(this, 'WebApi', {
 *   entry: join(__dirname, '../../web-api/app.ts'),
 *   environment: { DYNAMODB_TABLE_NAME: table.tableName },
 * });
 * table.grants.readData(webApi);
 */
export class Goblet<A extends AnyApp = AnyApp> extends Construct implements iam.IGrantable {
  /** Every function of the app by its name in the inventory. */
  readonly functions: Functions<A>;
  readonly #appName: string;
  readonly #restApi: apigateway.SpecRestApi | undefined;
  readonly #httpApi: MadeHttpApi | undefined;
  readonly #webSocketApi: MadeWebSocketApi | undefined;

  /**
   * @throws GobletError for needs without a binding, for unknown options, and for features that the app's kind of API
   * does not have; with a code of `@goblet/build` if the app does not load
   */
  constructor(scope: Construct, id: string, props: GobletProps<A>) {
    super(scope, id);
    // The compiler has checked the needs of a known app. The rest of the code reads them like those of any app.
    const options: GobletOptions & UncheckedNeeds = props;
    checkBuildOptions(this, options);
    const build = appBuild({
      entry: options.entry,
      external: options.external ?? [],
      include: options.include ?? [],
      bundle: Stack.of(this).bundlingRequired,
    });
    const { inventory } = build;
    checkOptions(this, inventory, options);
    checkNeeds(inventory, options);
    this.#warn(build);
    this.#appName = inventory.name;
    const functions = this.#makeFunctions(build, options);
    bindSources(this, inventory, functions, options.sources ?? {});
    // Every source has a function: a source without a handler is an error.
    this.functions = functions as Functions<A>;
    this.#restApi = this.#makeRestApi(build, options);
    this.#httpApi = this.#makeHttpApi(build, options);
    this.#webSocketApi = this.#makeWebSocketApi(build, options);
    if (options.outputs !== false) this.#addOutputs(options.outputs?.prefix ?? '');
  }

  /**
   * The function that serves the routes.
   * @throws GobletError GOBLET_CDK_NO_API if the app has no routes
   */
  get handler(): lambda.Function {
    return this.functions[API_HANDLER] ?? this.#absent('routes');
  }

  /**
   * The principal of grants to the construct: the function that serves the routes.
   * @throws GobletError GOBLET_CDK_NO_API if the app has no routes
   */
  get grantPrincipal(): iam.IPrincipal {
    return this.handler.grantPrincipal;
  }

  /** @throws GobletError GOBLET_CDK_NO_API if the app has no routes, or is an HTTP API */
  get restApi(): apigateway.SpecRestApi {
    return this.#restApi ?? this.#absent('REST API');
  }

  /** @throws GobletError GOBLET_CDK_NO_API if the app has no routes, or is a REST API */
  get httpApi(): apigatewayv2.HttpApi {
    return this.#httpApi?.api ?? this.#absent('HTTP API');
  }

  /** @throws GobletError GOBLET_CDK_NO_API if the app has no source of kind websocket */
  get webSocketApi(): apigatewayv2.WebSocketApi {
    return this.#webSocketApi?.api ?? this.#absent('WebSocket API');
  }

  /**
   * The stage of the WebSocket API: clients connect to its `url`, functions reach connections at its `callbackUrl`.
   * @throws GobletError GOBLET_CDK_NO_API if the app has no source of kind websocket
   */
  get webSocketStage(): apigatewayv2.WebSocketStage {
    return this.#webSocketApi?.stage ?? this.#absent('WebSocket API');
  }

  /**
   * The URL of the API, with its stage and a trailing slash.
   * @throws GobletError GOBLET_CDK_NO_API if the app has no routes
   */
  get url(): string {
    if (this.#httpApi !== undefined) return httpUrl(this.#httpApi);
    return this.#restApi?.url ?? this.#absent('routes');
  }

  /** CDK knows each warning by its code: `Annotations.of(webApi).acknowledgeWarning('GOBLET_BUILD_QUOTA_ROUTES')`. */
  #warn({ warnings }: AppBuild): void {
    for (const { code, message, source } of warnings) {
      Annotations.of(this).addWarningV2(code, `${message}${at(source)}`);
    }
  }

  #makeFunctions(build: AppBuild, options: GobletOptions & UncheckedNeeds): Record<string, lambda.Function> {
    const { inventory, digest } = build;
    const { external = [], include = [] } = options;
    const code = bundleCode(build.bundle);
    const functions: Record<string, lambda.Function> = {};
    for (const { name } of inventory.functions) {
      const own = functionOptions(name, options);
      if (own.timeout !== undefined) checkTimeout(inventory, name, own.timeout);
      const fn = appFunction(this, {
        name,
        code,
        environment: functionEnvironment(options),
        options: own,
        description: `${inventory.name}: ${name}`.slice(0, DESCRIPTION),
      });
      const marked = { app: inventory.name, function: name, inventory: digest };
      mark(fn, marked);
      recordSource(fn, { ...marked, entry: build.entry.file, external, include });
      functions[name] = fn;
    }
    return functions;
  }

  #makeRestApi(build: AppBuild, options: GobletOptions & UncheckedNeeds): apigateway.SpecRestApi | undefined {
    const { inventory, definition, digest } = build;
    if (definition === undefined) return undefined;
    const api = restApi(this, { inventory, definition, functions: this.functions, options });
    mark(api, { app: inventory.name, function: API_HANDLER, inventory: digest });
    return api;
  }

  #makeHttpApi(build: AppBuild, options: GobletOptions & UncheckedNeeds): MadeHttpApi | undefined {
    const { inventory, httpApi: definition, digest } = build;
    if (definition === undefined) return undefined;
    const made = httpApi(this, { name: inventory.name, definition, functions: this.functions, options });
    mark(made.api, { app: inventory.name, function: API_HANDLER, inventory: digest });
    return made;
  }

  #makeWebSocketApi(build: AppBuild, options: GobletOptions): MadeWebSocketApi | undefined {
    const { inventory, digest } = build;
    const source = webSocketSource(inventory);
    if (source === undefined) return undefined;
    const made = webSocketApi(this, source, { inventory, functions: this.functions, options });
    mark(made.api, { app: inventory.name, function: source.name, inventory: digest });
    return made;
  }

  #addOutputs(prefix: string): void {
    const values = { ...this.#routeOutputs(), ...this.#webSocketOutputs() };
    for (const [name, value] of Object.entries(values)) this.#addOutput(`${prefix}${name}`, value);
  }

  #routeOutputs(): Readonly<Record<string, string>> {
    const handler = this.functions[API_HANDLER];
    if (this.#restApi === undefined && this.#httpApi === undefined) return {};
    return {
      ...(handler === undefined ? {} : { APIHandlerArn: handler.functionArn, APIHandlerName: handler.functionName }),
      ...(this.#restApi === undefined ? {} : { RestAPIId: this.#restApi.restApiId }),
      ...(this.#httpApi === undefined ? {} : { HttpAPIId: this.#httpApi.api.apiId }),
      EndpointURL: this.url,
    };
  }

  #webSocketOutputs(): Readonly<Record<string, string>> {
    if (this.#webSocketApi === undefined) return {};
    const { api, stage } = this.#webSocketApi;
    return { WebSocketAPIId: api.apiId, WebSocketURL: stage.url };
  }

  #addOutput(id: string, value: string): void {
    const stack = Stack.of(this);
    if (stack.node.tryFindChild(id) !== undefined) {
      throw new GobletError(outputTaken(stack.node.path, id, this.node.path));
    }
    new CfnOutput(stack, id, { value });
  }

  #absent(what: Parameters<typeof noApi>[1]): never {
    throw new GobletError(noApi(this.#appName, what));
  }
}

/** Metadata by which tools find the app's resources, on AWS and locally. */
interface Mark {
  readonly app: string;
  readonly function: string;
  readonly inventory: string;
}

function mark(construct: Construct, metadata: Mark): void {
  const resource = construct.node.defaultChild as CfnResource;
  resource.addMetadata('goblet', metadata);
}

/** The input from which a function's code was built. */
interface FunctionSource extends Mark {
  readonly entry: string;
  readonly external: readonly string[];
  readonly include: readonly string[];
}

/**
 * Records how `goblet dev` can rebuild the code. It goes into the metadata of the cloud assembly, which stays on this
 * machine: in the template, the path of the entry would differ between machines.
 */
function recordSource(fn: lambda.Function, source: FunctionSource): void {
  const { node, logicalId } = fn.node.defaultChild as CfnResource;
  node.addMetadata('goblet:function', { logicalId, ...source });
}

function functionOptions(name: string, options: GobletOptions): FunctionOptions {
  const { role, ...shared } = options;
  const own = options.functions?.[name] ?? {};
  return { ...shared, ...(name === API_HANDLER && role !== undefined ? { role } : {}), ...own };
}
