/** True if a type is made by a provider that the template names by its `ServiceToken`. */
export function isCustomType(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}
