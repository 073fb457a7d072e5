import type { AnyResourceType } from '../../../core/resource-type.js';
import type { Store } from '../../../core/store.js';
import { cdkMetadata } from './cdk-metadata.js';
import { macro } from './macro.js';
import { type NestedStackEngine, nestedStack } from './nested-stack.js';
import { waitConditionHandle } from './wait-condition-handle.js';

/** CloudFormation's own resource types, of one cloud. */
export const resourceTypes = (store: Store, engine: NestedStackEngine): readonly AnyResourceType[] => [
  cdkMetadata,
  waitConditionHandle,
  macro(store),
  nestedStack(engine),
];
