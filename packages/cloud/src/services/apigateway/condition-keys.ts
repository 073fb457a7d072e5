import type { Asked, ConditionKeys, ConditionValue, Tags, Target } from '../../core/access.js';
import type { Authorization, AuthorizerDefinition } from '../execute-api/index.js';
import { type ApiStore, idBelow } from './api-store.js';
import type { PatchOperation } from './patch.js';
import type { RestApiRecord } from './records/rest-api.js';

type ApiKeys = ConditionKeys<ApiStore, object>;
type Question = Asked<ApiStore, object, Target>;
type Value = ConditionValue | Promise<ConditionValue>;

/** A member of an input; HTTP APIs write its name with a capital. */
function member(input: object, name: string): unknown {
  const members: Readonly<Record<string, unknown>> = { ...input };
  return members[name] ?? members[name.charAt(0).toUpperCase() + name.slice(1)];
}

function text(value: unknown): string | undefined {
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
}

function patchesOf(input: object): readonly Partial<PatchOperation>[] {
  const patches = member(input, 'patchOperations');
  return Array.isArray(patches) ? patches : [];
}

/** The value that a request asks for: of a member of its own, of the definition it imports, or of a patch. */
function asked({ input }: Question, name: string): string | undefined {
  const patch = patchesOf(input).findLast(({ path }) => path === `/${name}`);
  return text(member(input, name)) ?? patch?.value ?? text(member(Object(member(input, 'model') ?? {}), name));
}

/** The parts of a path's labels that the input has: `restApiId` */
function label({ input }: Question, name: string): string {
  return text(member(input, name)) ?? '';
}

const restApi = (question: Question): Promise<RestApiRecord | undefined> =>
  question.state.get(question.call, 'restApi', label(question, 'restApiId'));

const anyApi = async (question: Question) =>
  (await restApi(question)) ??
  (await question.state.get(question.call, 'httpApi', label(question, 'apiId'))) ??
  (await question.state.get(question.call, 'webSocketApi', label(question, 'apiId')));

const anyStage = async (question: Question) => {
  const name = label(question, 'stageName');
  return (
    (await question.state.get(question.call, 'stage', idBelow(label(question, 'restApiId'), name))) ??
    (await question.state.get(question.call, 'httpStage', idBelow(label(question, 'apiId'), name)))
  );
};

const domain = (question: Question) => question.state.get(question.call, 'domain', label(question, 'domainName'));

/** The routes of a REST API, whether of a record or of a definition that is imported. */
function methodsOf(
  api: unknown,
): readonly { readonly authorization: Authorization; readonly apiKeyRequired: boolean }[] {
  const { routes = [], resources = {} } = Object(api);
  return [
    ...routes,
    ...Object.values<RestApiRecord['resources'][string]>(resources).flatMap(({ methods }) => Object.values(methods)),
  ];
}

function definitionsOf(api: unknown): readonly AuthorizerDefinition[] {
  return Object.values<AuthorizerDefinition | { readonly definition: AuthorizerDefinition }>(
    Object(api).authorizers ?? {},
  ).map((each) => ('definition' in each ? each.definition : each));
}

/** As the API has them: `CUSTOM`, `COGNITO_USER_POOLS` */
const authorizationOf = ({ authorization }: { readonly authorization: Authorization }): string => authorization.kind;
const uriOf = (definition: AuthorizerDefinition): string[] => ('uri' in definition ? [definition.uri] : []);
const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)];

const importedOr = (question: Question, one: string | undefined, all: (model: unknown) => readonly string[]): Value =>
  one ?? distinct(all(member(question.input, 'model')));

function imported(question: Question, name: 'type' | 'uri'): readonly string[] | undefined {
  const definition = member(question.input, 'definition');
  return typeof definition === 'object' && definition !== null
    ? [text(member(definition, name)) ?? ''].filter(Boolean)
    : undefined;
}

async function accessLog(question: Question, name: 'destinationArn' | 'format'): Promise<string | undefined> {
  return (await anyStage(question))?.accessLogSettings?.[name];
}

function askedAccessLog(question: Question, name: 'destinationArn' | 'format'): string | undefined {
  const settings = member(question.input, 'accessLogSettings');
  return asked(question, `accessLogSettings/${name}`) ?? text(member(Object(settings ?? {}), name));
}

const KEYS = {
  'apigateway:Request/AccessLoggingDestination': (question) => askedAccessLog(question, 'destinationArn'),
  'apigateway:Request/AccessLoggingFormat': (question) => askedAccessLog(question, 'format'),
  'apigateway:Request/ApiKeyRequired': (question) =>
    importedOr(question, asked(question, 'apiKeyRequired'), (model) =>
      methodsOf(model).map(({ apiKeyRequired }) => String(apiKeyRequired)),
    ),
  'apigateway:Request/ApiName': (question) => asked(question, 'name'),
  'apigateway:Request/AuthorizerType': (question) =>
    imported(question, 'type') ??
    importedOr(question, asked(question, 'type') ?? asked(question, 'authorizerType'), (model) =>
      definitionsOf(model).map(({ type }) => type),
    ),
  'apigateway:Request/AuthorizerUri': (question) =>
    imported(question, 'uri') ??
    importedOr(question, asked(question, 'authorizerUri'), (model) => definitionsOf(model).flatMap(uriOf)),
  'apigateway:Request/DisableExecuteApiEndpoint': (question) => asked(question, 'disableExecuteApiEndpoint'),
  'apigateway:Request/EndpointType': (question) => {
    const types = member(question.input, 'endpointTypes');
    if (Array.isArray(types)) return types.map(String);
    const patched = patchesOf(question.input).filter(({ path = '' }) =>
      path.startsWith('/endpointConfiguration/types'),
    );
    return asked(question, 'endpointType') ?? patched.flatMap(({ value }) => value ?? []);
  },
  'apigateway:Request/RouteAuthorizationType': (question) =>
    importedOr(question, asked(question, 'authorizationType'), (model) => methodsOf(model).map(authorizationOf)),
  'apigateway:Request/SecurityPolicy': (question) => asked(question, 'securityPolicy'),
  'apigateway:Request/StageName': (question) => asked(question, 'stageName'),
  'apigateway:Resource/AccessLoggingDestination': (question) => accessLog(question, 'destinationArn'),
  'apigateway:Resource/AccessLoggingFormat': (question) => accessLog(question, 'format'),
  'apigateway:Resource/ApiKeyRequired': async (question) => {
    const api = await restApi(question);
    const methods = methodsOf(api).filter(methodAsked(question, api));
    return distinct(methods.map(({ apiKeyRequired }) => String(apiKeyRequired)));
  },
  'apigateway:Resource/ApiName': async (question) => (await anyApi(question))?.name,
  'apigateway:Resource/AuthorizerType': async (question) =>
    distinct((await authorizers(question)).map(({ type }) => type)),
  'apigateway:Resource/AuthorizerUri': async (question) => distinct((await authorizers(question)).flatMap(uriOf)),
  'apigateway:Resource/DisableExecuteApiEndpoint': async (question) => {
    const api = await anyApi(question);
    return api && String(api.disableExecuteApiEndpoint);
  },
  'apigateway:Resource/EndpointType': async (question) =>
    (await domain(question))?.endpointType ?? (await restApi(question))?.endpointTypes ?? 'REGIONAL',
  'apigateway:Resource/RouteAuthorizationType': async (question) => {
    const api = await anyApi(question);
    const routes =
      api && 'routes' in api ? Object.values(api.routes) : methodsOf(api).filter(methodAsked(question, api));
    return distinct(routes.map(authorizationOf));
  },
  'apigateway:Resource/RoutingMode': async (question) =>
    question.target.resource.includes('/apimappings') ? 'API_MAPPING_ONLY' : 'BASE_PATH_MAPPING_ONLY',
  'apigateway:Resource/SecurityPolicy': async (question) => (await domain(question))?.securityPolicy,
  'aws:ResourceTag/*': (question) => resourceTags(question),
} satisfies ApiKeys;

/** True if a request concerns the method; true for every method of the API if it concerns none. */
function methodAsked(question: Question, api: unknown) {
  const resourceId = label(question, 'resourceId');
  const httpMethod = label(question, 'httpMethod');
  const only = resourceId && httpMethod ? Object(api).resources?.[resourceId]?.methods?.[httpMethod] : undefined;
  return (method: unknown): boolean => httpMethod === '' || method === only;
}

async function authorizers(question: Question): Promise<readonly AuthorizerDefinition[]> {
  const api = await anyApi(question);
  const id = label(question, 'authorizerId');
  const one = id && api && Object.hasOwn(api.authorizers, id) ? api.authorizers[id] : undefined;
  return one ? [one.definition] : definitionsOf(api);
}

/** The tags of the resource, else of what it is below: a method has those of its API. */
async function resourceTags(question: Question): Promise<Tags | undefined> {
  const { call, state } = question;
  const [stage, api, apiKey, plan, named] = await Promise.all([
    label(question, 'stageName') === '' ? undefined : anyStage(question),
    anyApi(question),
    state.get(call, 'apiKey', label(question, 'apiKey')),
    state.get(call, 'usagePlan', label(question, 'usagePlanId')),
    domain(question),
  ]);
  return (stage ?? api ?? apiKey ?? plan ?? named)?.tags;
}

type KeyName = keyof typeof KEYS;

const API_REQUEST: readonly KeyName[] = [
  'apigateway:Request/ApiKeyRequired',
  'apigateway:Request/ApiName',
  'apigateway:Request/AuthorizerType',
  'apigateway:Request/DisableExecuteApiEndpoint',
  'apigateway:Request/EndpointType',
  'apigateway:Request/RouteAuthorizationType',
];
const API_RESOURCE: readonly KeyName[] = [
  'apigateway:Resource/ApiKeyRequired',
  'apigateway:Resource/ApiName',
  'apigateway:Resource/AuthorizerType',
  'apigateway:Resource/DisableExecuteApiEndpoint',
  'apigateway:Resource/EndpointType',
  'apigateway:Resource/RouteAuthorizationType',
];
const LOG_REQUEST: readonly KeyName[] = [
  'apigateway:Request/AccessLoggingDestination',
  'apigateway:Request/AccessLoggingFormat',
];
const DOMAIN_REQUEST: readonly KeyName[] = ['apigateway:Request/EndpointType', 'apigateway:Request/SecurityPolicy'];

/** The keys of each type of resource, in addition to its tags. */
const OF_TYPE: Readonly<Record<string, readonly KeyName[]>> = {
  api: [...API_REQUEST, 'apigateway:Request/AuthorizerUri', ...API_RESOURCE, 'apigateway:Resource/AuthorizerUri'],
  apis: [...API_REQUEST, 'apigateway:Request/AuthorizerUri'],
  authorizer: ['apigateway:Request/AuthorizerType', 'apigateway:Resource/AuthorizerType'],
  authorizers: ['apigateway:Request/AuthorizerType'],
  deployments: ['apigateway:Request/StageName'],
  domainname: [
    ...DOMAIN_REQUEST,
    'apigateway:Resource/EndpointType',
    'apigateway:Resource/RoutingMode',
    'apigateway:Resource/SecurityPolicy',
  ],
  domainnames: [...DOMAIN_REQUEST, 'apigateway:Resource/RoutingMode'],
  method: [
    'apigateway:Request/ApiKeyRequired',
    'apigateway:Request/RouteAuthorizationType',
    'apigateway:Resource/ApiKeyRequired',
    'apigateway:Resource/RouteAuthorizationType',
  ],
  restapi: [...API_REQUEST, ...API_RESOURCE],
  restapis: API_REQUEST,
  route: [
    'apigateway:Request/ApiKeyRequired',
    'apigateway:Request/RouteAuthorizationType',
    'apigateway:Resource/ApiKeyRequired',
    'apigateway:Resource/RouteAuthorizationType',
  ],
  routes: ['apigateway:Request/ApiKeyRequired', 'apigateway:Request/RouteAuthorizationType'],
  stage: [...LOG_REQUEST, 'apigateway:Resource/AccessLoggingDestination', 'apigateway:Resource/AccessLoggingFormat'],
  stages: LOG_REQUEST,
};

const UNTAGGED = new Set(['account', 'tags']);

/** The condition keys of a type of resource ("Condition keys for Amazon API Gateway", Service Authorization Reference). */
export function keysOfType(type: string): ApiKeys {
  const names: readonly KeyName[] = [
    ...(OF_TYPE[type] ?? []),
    ...(UNTAGGED.has(type) ? [] : (['aws:ResourceTag/*'] as const)),
  ];
  return Object.fromEntries(names.map((name) => [name, KEYS[name]] as const));
}
