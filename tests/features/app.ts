import { App } from 'aws-cdk-lib';

/** The CDK app of the features: every `infra.ts` adds its stacks, alone or beside those of other features. */
export const app = new App();
