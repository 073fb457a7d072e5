import { deployedTemplate } from '../stack/deployed-template.js';
import type { StackOutput } from '../stack/stack.js';
import type { Template } from '../template/template.js';
import { type DeployFailures, deployResources, targetOf } from './deploy.js';
import { refuseRemovedExports } from './exports.js';
import { failureReason } from './failure-reason.js';
import { evaluateOutputs, refuseUnknownAttributes } from './outputs.js';
import { ringingTrigger } from './rollback-triggers.js';
import type { StackRun } from './stack-run.js';

/** The end of a deployment, before anything about it is kept. */
export type DeployOutcome =
  | {
      readonly kind: 'deployed';
      readonly template: Template;
      readonly outputs: readonly StackOutput[];
      readonly imports: readonly string[];
    }
  | { readonly kind: 'failed'; readonly reason: string };

/** Deploys the resources of a stack and evaluates its outputs. */
export async function deployStack(run: StackRun): Promise<DeployOutcome> {
  const { transformFailure } = run.stack.definition;
  if (transformFailure !== undefined) {
    return { kind: 'failed', reason: `${transformFailure}. Rollback requested by user.` };
  }
  const exports = await run.store.exports();
  try {
    const template = deployedTemplate(run.stack.definition);
    const target = targetOf(run, template, exports);
    refuseUnknownAttributes(template);
    const failures = await deployResources(run, target);
    if (failures.create.length + failures.update.length > 0) return { kind: 'failed', reason: reasonOf(failures) };
    const outputs = evaluateOutputs(target, run.stack.id, exports);
    refuseRemovedExports(run.stack, outputs, await run.store.stacks());
    const ringing = await ringingTrigger(run);
    if (ringing !== undefined) return { kind: 'failed', reason: ringing };
    return { kind: 'deployed', template, outputs, imports: [...target.evaluation.imports] };
  } catch (error) {
    const isRefused = error instanceof Error && error.name === 'ValidationError';
    return { kind: 'failed', reason: isRefused ? error.message : failureReason(error) };
  }
}

function reasonOf({ create, update }: DeployFailures): string {
  return [
    create.length > 0 ? `The following resource(s) failed to create: [${create.join(', ')}]. ` : '',
    update.length > 0 ? `The following resource(s) failed to update: [${update.join(', ')}]. ` : '',
  ].join('');
}
