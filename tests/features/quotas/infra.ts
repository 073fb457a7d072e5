import { Goblet } from '@goblet/cdk';
import { Annotations, App, Stack } from 'aws-cdk-lib';

const app = new App();
for (const name of ['resources', 'routes']) {
  const stack = new Stack(app, name);
  const service = new Goblet(stack, 'Api', { entry: new URL(`./${name}.ts`, import.meta.url) });
  if (process.env.RAISED !== 'yes') continue;
  Annotations.of(service).acknowledgeWarning(`GOBLET_BUILD_QUOTA_${name.toUpperCase()}`, 'raised to 400');
}
