// Writes generated/resource-spec.json: what the AWS resource specification says about the types in spec-types.json,
// without its documentation, and the names of all others. CloudFormation reads it to refuse unknown properties and to know what replaces a resource.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '../generated/resource-spec.json');
const wanted = readFileSync(join(here, 'spec-types.json'), 'utf8');
const { version } = require('@aws-cdk/aws-service-spec/package.json');
const fingerprint = createHash('sha256')
  .update(version)
  .update(wanted)
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .digest('hex');

if (existing()?.fingerprint === fingerprint) process.exit(0);

const database = require('@aws-cdk/aws-service-spec').loadAwsServiceSpecSync();
const definitions = {};
const types = {};
for (const name of JSON.parse(wanted)) {
  const found = database.lookup('resource', 'cloudFormationType', 'equals', name);
  if (found.length === 0) throw new Error(`the resource specification ${version} does not know ${name}`);
  types[name] = resourceType(found[0]);
}
// CDK's own type is in no published specification.
types['AWS::CDK::Metadata'] = { primaryIdentifier: [], attributes: [], properties: { Analytics: { type: 'string' } } };

// Types that AWS has and this cloud has not are told apart from misspelt ones.
const others = [...database.all('resource')].map((one) => one.cloudFormationType).filter((name) => !(name in types));

mkdirSync(dirname(target), { recursive: true });
const unfinished = `${target}.${process.pid}`;
writeFileSync(unfinished, JSON.stringify({ fingerprint, version, types, definitions, others: others.sort() }));
renameSync(unfinished, target);

function existing() {
  try {
    return JSON.parse(readFileSync(target, 'utf8'));
  } catch {
    return undefined;
  }
}

function resourceType(resource) {
  return {
    primaryIdentifier: resource.primaryIdentifier ?? [],
    attributes: Object.keys(resource.attributes),
    properties: properties(resource.properties),
    ...(resource.tagInformation && { tags: resource.tagInformation.tagPropertyName }),
    ...(resource.additionalReplacementProperties && { replacedBy: resource.additionalReplacementProperties }),
  };
}

function properties(all) {
  return Object.fromEntries(
    Object.entries(all).map(([name, property]) => [
      name,
      {
        ...propertyType(property.type),
        ...(property.required && { required: true }),
        ...(property.causesReplacement &&
          property.causesReplacement !== 'no' && { replaces: property.causesReplacement }),
      },
    ]),
  );
}

function propertyType(type) {
  switch (type.type) {
    case 'string':
    case 'integer':
      return { type: type.type, ...(type.allowedValues && { values: type.allowedValues }) };
    case 'array':
    case 'map':
      return { type: type.type, element: propertyType(type.element) };
    case 'union':
      return { type: 'union', types: type.types.map(propertyType) };
    case 'ref':
      return { type: 'object', definition: definition(type.reference) };
    default:
      return { type: type.type };
  }
}

function definition(reference) {
  const id = reference.$ref;
  if (!(id in definitions)) {
    definitions[id] = {};
    definitions[id] = properties(database.get('typeDefinition', reference).properties);
  }
  return id;
}
