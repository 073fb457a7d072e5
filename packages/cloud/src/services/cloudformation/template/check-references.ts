import type { Json } from './json.js';
import { own } from './json.js';
import { conditionsIn, references } from './references.js';
import type { Template } from './template.js';
import { validationError } from './template-error.js';

const PSEUDO = new Set([
  'AWS::AccountId',
  'AWS::NoValue',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
]);

/**
 * Checks that everything a template refers to is in it, whatever its conditions say.
 * @throws AwsError in CloudFormation's words
 */
export function checkReferences(template: Template): void {
  const isResource = (name: string): boolean => own(template.resources, name) !== undefined;
  const isValue = (name: string): boolean => PSEUDO.has(name) || own(template.parameters, name) !== undefined;

  for (const name of Object.keys(template.parameters)) {
    if (isResource(name)) throw validationError(`Template format error: Parameter and resource share the name ${name}`);
  }
  const unresolved = new Set<string>();
  for (const declared of Object.values(template.resources)) {
    for (const name of declared.dependsOn) if (!isResource(name)) unresolved.add(name);
    checkPart(declared.properties, unresolved);
    checkConditions(declared.properties, declared.condition);
  }
  refuse(unresolved, 'Resources');
  const unresolvedOutputs = new Set<string>();
  for (const declared of Object.values(template.outputs)) {
    checkPart([declared.value, declared.exportName ?? null], unresolvedOutputs);
    checkConditions(declared.value, declared.condition);
  }
  refuse(unresolvedOutputs, 'Outputs');

  function checkPart(part: Json, into: Set<string>): void {
    for (const { name, via, attribute } of references(part)) {
      if (via === 'Fn::GetAtt' && !isResource(name)) {
        throw validationError(`Template error: instance of Fn::GetAtt references undefined resource ${name}`);
      }
      if (attribute === undefined ? !isResource(name) && !isValue(name) : !isResource(name)) {
        into.add(attribute === undefined ? name : `${name}.${attribute}`);
      }
    }
  }

  function checkConditions(part: Json, own_: string | undefined): void {
    const isMissing = (name: string): boolean => own(template.conditions, name) === undefined;
    for (const name of conditionsIn(part)) {
      if (isMissing(name)) throw validationError(`Template error: unresolved condition dependency ${name} in Fn::If`);
    }
    if (own_ !== undefined && isMissing(own_)) {
      throw validationError(
        `Template format error: Unresolved condition dependency ${own_} in the Resources block of the template`,
      );
    }
  }
}

function refuse(names: ReadonlySet<string>, block: 'Resources' | 'Outputs'): void {
  if (names.size === 0) return;
  throw validationError(
    `Template format error: Unresolved resource dependencies [${[...names].join(', ')}] in the ${block} block of the template`,
  );
}
