import { continueUpdateRollback } from './continue-update-rollback.js';
import { createChangeSet } from './create-change-set.js';
import { createStack } from './create-stack.js';
import { deleteChangeSet } from './delete-change-set.js';
import { deleteStack } from './delete-stack.js';
import { describeChangeSet } from './describe-change-set.js';
import { describeEvents } from './describe-events.js';
import { describeStackEvents } from './describe-stack-events.js';
import { describeStackResource } from './describe-stack-resource.js';
import { describeStackResources } from './describe-stack-resources.js';
import { describeStacks } from './describe-stacks.js';
import { executeChangeSet } from './execute-change-set.js';
import { getTemplate } from './get-template.js';
import { getTemplateSummary } from './get-template-summary.js';
import { listChangeSets } from './list-change-sets.js';
import { listExports } from './list-exports.js';
import { listHookResults } from './list-hook-results.js';
import { listImports } from './list-imports.js';
import { listStackResources } from './list-stack-resources.js';
import { listStacks } from './list-stacks.js';
import { rollbackStack } from './rollback-stack.js';
import { getStackPolicy, setStackPolicy } from './stack-policy.js';
import { updateStack } from './update-stack.js';
import { updateTerminationProtection } from './update-termination-protection.js';
import { validateTemplate } from './validate-template.js';

/** CloudFormation's operations that this cloud has. */
export const operations = [
  continueUpdateRollback,
  createChangeSet,
  createStack,
  deleteChangeSet,
  deleteStack,
  describeChangeSet,
  describeEvents,
  describeStackEvents,
  describeStackResource,
  describeStackResources,
  describeStacks,
  executeChangeSet,
  getStackPolicy,
  getTemplate,
  getTemplateSummary,
  listChangeSets,
  listExports,
  listHookResults,
  listImports,
  listStackResources,
  listStacks,
  rollbackStack,
  setStackPolicy,
  updateStack,
  updateTerminationProtection,
  validateTemplate,
];
