import type { ResourceType } from '../../../core/resource-type.js';

/** CDK's record of the constructs in a stack. Nothing is made of it, on AWS neither. */
export const cdkMetadata: ResourceType = {
  type: 'AWS::CDK::Metadata',
  create: async () => ({}),
  update: async () => ({}),
  delete: async () => {},
};
