import { type Json, own } from './json.js';
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

/**
 * Checks that a resource that is referenced under some conditions exists under them.
 * @throws AwsError ValidationError
 */
export function refuseMissingResources(template: Template, condition: (name: string) => boolean): void {
  const isThere = (logicalId: string): boolean => {
    const declared = own(template.resources, logicalId);
    return declared === undefined || declared.condition === undefined || condition(declared.condition);
  };
  const check = (part: Parameters<typeof references>[0], block: string): void => {
    for (const { name } of references(part, condition)) {
      if (isThere(name)) continue;
      const unresolved = `Unresolved resource dependencies [${name}] in the ${block} block of the template`;
      // AWS says so of outputs without the beginning.
      throw validationError(block === 'Outputs' ? unresolved : `Template format error: ${unresolved}`);
    }
  };
  for (const declared of Object.values(template.resources)) {
    if (declared.condition === undefined || condition(declared.condition)) check(declared.properties, 'Resources');
  }
  for (const output of Object.values(template.outputs)) {
    if (output.condition === undefined || condition(output.condition)) check(output.value, 'Outputs');
  }
}

function refuse(names: ReadonlySet<string>, block: 'Resources' | 'Outputs'): void {
  if (names.size === 0) return;
  throw validationError(
    `Template format error: Unresolved resource dependencies [${[...names].join(', ')}] in the ${block} block of the template`,
  );
}
