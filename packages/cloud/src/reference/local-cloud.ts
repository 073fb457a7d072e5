import type { CloudContext } from '../core/cloud.js';
import { defined } from '../core/defined.js';
import type { RefusedValue } from '../core/refused-value.js';
import type { AnyResourceType } from '../core/resource-type.js';
import type { Service } from '../core/service.js';
import { serviceModel } from '../model/service-model.js';
import { RECORDED_WHEN, STORED } from '../services/cloudformation/properties/stored.js';
import { RECORDED, recordedCategory } from '../services/cloudformation/recorded/categories.js';
import { resourceTypeSpec, specifiedTypes } from '../services/cloudformation/spec/resource-spec.js';
import { DIFFERENCES } from './differences.js';

/** A service that runs here. */
export interface SimulatedService {
  /** One sentence each. */
  readonly differs: readonly string[];
  readonly operations: {
    readonly simulated: readonly string[];
    /** Those that AWS has, and that answer an error which names them. */
    readonly refused: readonly string[];
  };
}

/** A resource type that does here as it does on AWS. */
export interface SimulatedType {
  /** Of the service: `sqs` */
  readonly service: string;
  /** Properties that are kept, and change nothing here. */
  readonly stored: readonly string[];
  readonly refused: readonly RefusedProperty[];
  /** The resources of the type that are only recorded. */
  readonly recordedIf?: string;
}

export type RefusedProperty = Pick<RefusedValue, 'path' | 'values' | 'why'>;

export interface RecordedTypes {
  readonly category: string;
  readonly differs: string;
  readonly types: readonly string[];
}

/** For every service, operation and resource type of AWS: whether the local cloud simulates, records or refuses it. */
export interface LocalCloud {
  readonly format: 1;
  readonly services: Readonly<Record<string, SimulatedService>>;
  readonly resourceTypes: {
    readonly simulated: Readonly<Record<string, SimulatedType>>;
    readonly recorded: readonly RecordedTypes[];
    readonly refused: readonly string[];
  };
}

/** Tells of a cloud what it simulates, records and refuses, by its tables. */
export function localCloud({ services }: Pick<CloudContext, 'services'>): LocalCloud {
  const all = [...services.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const types = all.flatMap((service) => service.resourceTypes.map((type) => [type, service] as const));
  const simulated = Object.fromEntries(
    types.map(([type, service]) => [type.type, simulatedType(type, service)] as const).sort(byName),
  );
  const others = specifiedTypes().filter((type) => !Object.hasOwn(simulated, type));
  return {
    format: 1,
    services: Object.fromEntries(all.map((service) => [service.name, simulatedService(service)])),
    resourceTypes: {
      simulated,
      recorded: RECORDED.map((category) => ({
        category: category.name,
        differs: category.differs,
        types: others.filter((type) => recordedCategory(type) === category).sort(),
      })),
      refused: others.filter((type) => recordedCategory(type) === undefined).sort(),
    },
  };
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function simulatedService(service: Service): SimulatedService {
  const refused = new Set(service.refusedOperations);
  const simulated = [...service.operations.values()]
    .flatMap(({ name, internal }) => (internal || refused.has(name) ? [] : [name]))
    .sort();
  const known = new Set(simulated);
  return {
    differs: DIFFERENCES[service.name] ?? [],
    operations: {
      simulated: simulated.map(plainName),
      refused: operationsOfAws(service)
        .filter((name) => !known.has(name))
        .map(plainName)
        .sort(),
    },
  };
}

/** Services of which the cloud has a corner: they are listed by what they have. */
const PARTIAL = new Set(['cloudtrail', 'states']);

/** The operations of a second model have a prefix inside the cloud, which clients do not see. */
const plainName = (name: string): string => name.replace(/^V2(?=[A-Z])/, 'v2 ');

function operationsOfAws({ name, operations }: Service): readonly string[] {
  const models = new Set([...operations.values()].map(({ model }) => model ?? name));
  return [...models].flatMap((model) => {
    const prefix = model === 'apigatewayv2' ? 'V2' : '';
    if (PARTIAL.has(model)) return [];
    return Object.keys(serviceModel(model).operations).map((operation) => prefix + operation);
  });
}

function simulatedType({ type, refuses = [] }: AnyResourceType, { name }: Service): SimulatedType {
  const stored = (Object.hasOwn(STORED, type) ? STORED[type] : undefined) ?? [];
  const recordedIf = Object.hasOwn(RECORDED_WHEN, type) ? RECORDED_WHEN[type]?.words : undefined;
  if (resourceTypeSpec(type) === undefined) throw new Error(`${type} is no type of the specification`);
  return {
    service: name,
    stored: [...new Set(stored.map(({ path, when }) => `${plainPath(path)}${when ? ' (some values)' : ''}`))],
    refused: refuses.map(({ path, values, why }) => ({ path: plainPath(path), ...(values && { values }), why })),
    ...defined({ recordedIf }),
  };
}

const plainPath = (path: string): string => path.replaceAll('[]', '');
