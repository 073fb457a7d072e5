// npm run docs:cloud (after a build): writes docs/reference/local-cloud.json and the page made from it.
import { writeFileSync } from 'node:fs';
import { referenceFiles } from '../dist/reference/index.js';
import { testCloud } from '../dist/testing/index.js';

const cloud = await testCloud();
for (const [name, text] of Object.entries(referenceFiles(cloud.context))) {
  writeFileSync(new URL(`../../../docs/reference/${name}`, import.meta.url), text);
}
await cloud.close();
