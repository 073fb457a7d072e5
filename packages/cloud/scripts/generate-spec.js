// Writes generated/resource-spec.ndjson.gz: what the AWS resource specification says about every resource type, without its
// documentation, one line for each namespace (`AWS::EC2`). CloudFormation reads it to refuse unknown properties, to know
// what replaces a resource, and to give resources that are only recorded ids and attributes of AWS's shapes.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isCurrent, writeLines } from './generated-lines.js';

const FILE = 'resource-spec.ndjson.gz';
const require = createRequire(import.meta.url);
const { version } = require('@aws-cdk/aws-service-spec/package.json');
const script = createHash('sha256')
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .digest('hex');
const header = { version, script };

if (!isCurrent(FILE, header)) writeLines(FILE, header, namespaces());

function namespaces() {
  const database = require('@aws-cdk/aws-service-spec').loadAwsServiceSpecSync();
  const byNamespace = new Map();
  for (const resource of database.all('resource')) {
    const name = resource.cloudFormationType.split('::', 2).join('::');
    byNamespace.set(name, [...(byNamespace.get(name) ?? []), resource]);
  }
  return [
    // CDK's own types are in no published specification.
    {
      name: 'AWS::CDK',
      types: {
        'AWS::CDK::Metadata': { primaryIdentifier: [], attributes: [], properties: { Analytics: { type: 'string' } } },
      },
      definitions: {},
    },
    ...[...byNamespace].map(([name, resources]) => namespace(database, name, resources)),
  ];
}

function namespace(database, name, resources) {
  const definitions = {};
  const definition = (reference) => {
    const id = reference.$ref;
    if (!(id in definitions)) {
      definitions[id] = {};
      definitions[id] = properties(database.get('typeDefinition', reference).properties);
    }
    return id;
  };
  const properties = (all) =>
    Object.fromEntries(
      Object.entries(all).map(([property, { type, required, causesReplacement }]) => [
        property,
        {
          ...valueType(type, definition),
          ...(required && { required: true }),
          ...(causesReplacement && causesReplacement !== 'no' && { replaces: causesReplacement }),
        },
      ]),
    );
  const types = Object.fromEntries(
    resources.map((resource) => [resource.cloudFormationType, resourceType(resource, properties)]),
  );
  return { name, types, definitions };
}

function resourceType(resource, properties) {
  const { primaryIdentifier = [], attributes, tagInformation, additionalReplacementProperties } = resource;
  const typed = Object.entries(attributes).filter(([, { type }]) => type.type !== 'string' && type.type !== 'json');
  return {
    primaryIdentifier,
    attributes: Object.keys(attributes),
    // Attributes are texts but for these.
    ...(typed.length > 0 && { attributeTypes: Object.fromEntries(typed.map(([name, { type }]) => [name, type.type])) }),
    properties: properties(resource.properties),
    ...(tagInformation && { tags: tagInformation.tagPropertyName }),
    ...(additionalReplacementProperties && { replacedBy: additionalReplacementProperties }),
    ...(resource.arnTemplate && { arn: resource.arnTemplate }),
    ...(resource.cfnRefIdentifier && { ref: resource.cfnRefIdentifier }),
  };
}

function valueType(type, definition) {
  switch (type.type) {
    case 'string':
    case 'integer':
      return { type: type.type, ...(type.allowedValues && { values: type.allowedValues }) };
    case 'array':
    case 'map':
      return { type: type.type, element: valueType(type.element, definition) };
    case 'union':
      return { type: 'union', types: type.types.map((one) => valueType(one, definition)) };
    case 'ref':
      return { type: 'object', definition: definition(type.reference) };
    default:
      return { type: type.type };
  }
}
