import { partitionOf } from '../../../core/partition.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext } from '../../../core/resource-type.js';
import { generatedName } from '../engine/physical-id.js';
import { type ResourceTypeSpec, resourceTypeSpec } from '../spec/resource-spec.js';
import { fillShape, type ShapeValues } from './fill-shape.js';
import { LOWER_CASE_NAMES, SHAPES, type Shape, TYPE_SHAPES } from './id-shapes.js';

/** The properties and attributes that `Ref` gives, joined where there are several. */
function identifierOf(spec: ResourceTypeSpec): readonly string[] {
  return spec.ref ?? spec.primaryIdentifier;
}

/** The property that names a resource of a type, where its `Ref` or its ARN is made of one. */
export function nameProperty(type: string): string | undefined {
  const spec = resourceTypeSpec(type);
  if (!spec || TYPE_SHAPES[type]?.Ref !== undefined) return undefined;
  const [identifier, ...more] = identifierOf(spec);
  if (identifier === undefined || more.length > 0) return undefined;
  return isTextProperty(spec, identifier) ? identifier : undefined;
}

/** The id of a recorded resource to be made, which is what `Ref` gives. */
export function recordedId(type: string, properties: Properties, context: ResourceContext): string {
  const spec = resourceTypeSpec(type);
  const values = shapeValues(type, randomId.uuid(), '', properties, context);
  const shape = TYPE_SHAPES[type]?.Ref;
  if (shape !== undefined) return fillShape(shape, values) || values.generatedName(255);
  const parts = spec ? identifierOf(spec).map((name) => chosen(type, spec, name, values)) : [];
  return parts.length > 0 ? parts.join('|') : values.generatedName(255);
}

/** The values of `Fn::GetAtt` for a recorded resource: the same for the same id and properties. */
export function recordedAttributes(
  type: string,
  id: string,
  properties: Properties,
  context: ResourceContext,
): Readonly<Record<string, unknown>> {
  const spec = resourceTypeSpec(type);
  if (!spec) return {};
  return Object.fromEntries(
    spec.attributes.map((name) => {
      const values = shapeValues(type, `${id} ${name}`, id, properties, context);
      return [name, attribute(type, spec, name, values)];
    }),
  );
}

function shapeValues(
  type: string,
  seed: string,
  id: string,
  properties: Properties,
  { account, region, stackName, logicalId }: ResourceContext,
): ShapeValues {
  const { name: partition, urlSuffix } = partitionOf(region);
  const lower = LOWER_CASE_NAMES[type] ?? LOWER_CASE_NAMES[namespaceOf(type)];
  return {
    seed,
    id,
    account,
    region,
    partition,
    urlSuffix,
    properties,
    generatedName: (maxLength) => {
      const name = generatedName(stackName, logicalId, Math.min(maxLength, lower ?? maxLength));
      return lower === undefined ? name : name.toLowerCase();
    },
  };
}

function isTextProperty(spec: ResourceTypeSpec, name: string): boolean {
  const property = Object.hasOwn(spec.properties, name) ? spec.properties[name] : undefined;
  return property?.type === 'string';
}

function shapeOf(type: string, name: string): Shape | undefined {
  return TYPE_SHAPES[type]?.[name] ?? (Object.hasOwn(SHAPES, name) ? SHAPES[name] : undefined);
}

/** A part of the id: the property that the template gives, else what the service would choose. */
function chosen(type: string, spec: ResourceTypeSpec, name: string, values: ShapeValues): string {
  const given = values.properties[name];
  if (typeof given === 'string' || typeof given === 'number') return String(given);
  const shape = shapeOf(type, name);
  if (shape !== undefined) return fillShape(shape, values);
  if (/arn$/i.test(name)) return arnOf(type, spec, values);
  if (isTextProperty(spec, name) || /Name$/.test(name)) return values.generatedName(64);
  if (spec.attributeTypes?.[name] === 'integer') return '1';
  return fillShape('{uuid}', values);
}

function attribute(type: string, spec: ResourceTypeSpec, name: string, values: ShapeValues): unknown {
  const kind = spec.attributeTypes?.[name];
  const shape = TYPE_SHAPES[type]?.[name];
  const text = shape !== undefined ? fillShape(shape, values) : textAttribute(type, spec, name, values);
  switch (kind) {
    case undefined:
      return text;
    case 'array':
      return Array.isArray(values.properties[name]) ? values.properties[name] : [text];
    case 'boolean':
      return values.properties[name] ?? false;
    case 'integer':
    case 'number':
      return Number.isFinite(Number(text)) ? Number(text) : (NUMBERS[name.split('.').at(-1) ?? ''] ?? 1);
    default:
      return values.properties[name] ?? {};
  }
}

const NUMBERS: Readonly<Record<string, number>> = { Port: 443 };

function textAttribute(type: string, spec: ResourceTypeSpec, name: string, values: ShapeValues): string {
  const given = values.properties[name];
  if (typeof given === 'string' || typeof given === 'number') return String(given);
  const identifier = identifierOf(spec);
  if (identifier.length === 1 && identifier[0] === name) return values.id;
  const place = identifier.indexOf(name);
  if (place >= 0 && values.id.includes('|')) return values.id.split('|')[place] ?? values.id;
  const last = name.split('.').at(-1) ?? name;
  const shape = shapeOf(type, name) ?? shapeOf(type, last);
  if (shape !== undefined) return fillShape(shape, values);
  if (/arn$/i.test(last)) return values.id.startsWith('arn:') ? values.id : arnOf(type, spec, values);
  const service = serviceOf(type, spec);
  const host = fillShape(`{lower:12}.${service}.{region}.{suffix}`, values);
  if (/(Url|URL|Uri|URI)$/.test(last)) return `https://${host}/`;
  if (/(Endpoint|DomainName|DnsName|DNSName|Address|Domain)$/.test(last)) return host;
  if (/Port$/.test(last)) return '443';
  if (/(Status|State)$/.test(last)) return 'ACTIVE';
  if (/(Version|VersionNumber|Revision)$/.test(last)) return '1';
  if (/(Time|At|Date|Timestamp)$/.test(last)) return '1970-01-01T00:00:00Z';
  if (/Account(Id)?$|Owner(Id)?$/.test(last)) return values.account;
  if (/Name$/.test(last)) return values.id.split(/[/:|]/).at(-1) ?? values.id;
  return /Id$/.test(last) ? fillShape('{uuid}', values) : fillShape(`${last.toLowerCase()}-{hex:17}`, values);
}

/** By the specification's template; what it names is a property, the id, or chosen. */
function arnOf(type: string, spec: ResourceTypeSpec, values: ShapeValues): string {
  const template =
    spec.arn ??
    `arn:\${Partition}:${serviceOf(type, spec)}:\${Region}:\${Account}:${(type.split('::')[2] ?? '').toLowerCase()}/\${Id}`;
  const identifier = identifierOf(spec).filter((name) => !/arn$/i.test(name));
  return template.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    switch (name) {
      case 'Partition':
        return values.partition;
      case 'Region':
        return values.region;
      case 'Account':
        return values.account;
    }
    const given = values.properties[name];
    if (typeof given === 'string' || typeof given === 'number') return String(given);
    if (values.id !== '' && !values.id.startsWith('arn:') && (identifier.length < 2 || identifier.includes(name))) {
      return values.id.split('|')[Math.max(0, identifier.indexOf(name))] ?? values.id;
    }
    const plain = values.properties.Name;
    if (/Name$/.test(name) && typeof plain === 'string') return plain;
    return chosen(type, spec, name, { ...values, seed: `${values.seed} ${name}` });
  });
}

function namespaceOf(type: string): string {
  return type.split('::', 2).join('::');
}

/** As ARNs and addresses name it. */
function serviceOf(type: string, { arn }: ResourceTypeSpec): string {
  return arn?.split(':')[2] ?? (type.split('::')[1] ?? '').toLowerCase();
}
