import { parse } from 'yaml';

/** The metadata that the construct writes for each function and API, by which tools find them. */
export interface Mark {
  readonly app: string;
  /** The function's name in the inventory; for an API, the function that serves its routes. */
  readonly function: string;
  readonly inventory: string;
}

/** A function of a Goblet app in a template. */
export interface MarkedFunction extends Mark {
  readonly logicalId: string;
}

export type ApiKind = 'rest' | 'http' | 'websocket';

/** An API of a Goblet app in a template. */
export interface MarkedApi extends Mark {
  readonly kind: ApiKind;
  readonly logicalId: string;
  /** The logical id of its stage; undefined if the template has none. */
  readonly stageId: string | undefined;
}

export interface MarkedResources {
  readonly functions: readonly MarkedFunction[];
  readonly apis: readonly MarkedApi[];
}

type Members = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Members => typeof value === 'object' && value !== null;

const APIS: Readonly<
  Record<string, { readonly kind: (properties: unknown) => ApiKind; readonly stage: string; readonly owner: string }>
> = {
  'AWS::ApiGateway::RestApi': { kind: () => 'rest', stage: 'AWS::ApiGateway::Stage', owner: 'RestApiId' },
  'AWS::ApiGatewayV2::Api': {
    kind: (properties) => (isRecord(properties) && properties.ProtocolType === 'WEBSOCKET' ? 'websocket' : 'http'),
    stage: 'AWS::ApiGatewayV2::Stage',
    owner: 'ApiId',
  },
};

function markOf(resource: Members): Mark | undefined {
  const mark = isRecord(resource.Metadata) ? resource.Metadata.goblet : undefined;
  if (!isRecord(mark)) return undefined;
  const { app, function: name, inventory } = mark;
  if (typeof app !== 'string' || typeof name !== 'string' || typeof inventory !== 'string') return undefined;
  return { app, function: name, inventory };
}

function parseYaml(body: string): unknown {
  try {
    // Other templates may have short tags, which do not matter here.
    return parse(body, { logLevel: 'silent' });
  } catch {
    // Too deep, or with too many aliases: no template of the CDK is like this, and the stacks beside it count.
    return undefined;
  }
}

/** Templates are JSON, except those of an old CDK synthesizer, which are YAML without short tags. */
export function parseTemplate(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return parseYaml(body);
  }
}

/** The resources of Goblet's construct in a parsed template. */
export function markedResources(template: unknown): MarkedResources {
  const functions: MarkedFunction[] = [];
  const apis: MarkedApi[] = [];
  const resources = isRecord(template) && isRecord(template.Resources) ? template.Resources : {};
  for (const [logicalId, resource] of Object.entries(resources)) {
    if (!isRecord(resource)) continue;
    const mark = markOf(resource);
    if (mark === undefined) continue;
    if (resource.Type === 'AWS::Lambda::Function') functions.push({ ...mark, logicalId });
    const api = APIS[String(resource.Type)];
    if (api !== undefined) {
      const kind = api.kind(resource.Properties);
      apis.push({ ...mark, kind, logicalId, stageId: stageOf(resources, api.stage, api.owner, logicalId) });
    }
  }
  return { functions, apis };
}

function stageOf(resources: Members, type: string, owner: string, api: string): string | undefined {
  const found = Object.entries(resources).find(([, resource]) => {
    if (!isRecord(resource) || resource.Type !== type || !isRecord(resource.Properties)) return false;
    const of = resource.Properties[owner];
    return isRecord(of) && of.Ref === api;
  });
  return found?.[0];
}
