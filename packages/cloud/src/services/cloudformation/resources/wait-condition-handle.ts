import type { ResourceType } from '../../../core/resource-type.js';

/**
 * The handle of a wait condition. On AWS its Ref is a presigned URL that signals are sent to; nothing here can wait for
 * one (AWS::CloudFormation::WaitCondition is no type of this cloud), so the handle, used as an empty stack's only
 * resource, is its id.
 */
export const waitConditionHandle: ResourceType = {
  type: 'AWS::CloudFormation::WaitConditionHandle',
  create: async (id) => ({ attributes: { Id: id } }),
  update: async (id) => ({ attributes: { Id: id } }),
  delete: async () => {},
};
