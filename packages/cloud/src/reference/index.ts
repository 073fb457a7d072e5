import type { CloudContext } from '../core/cloud.js';
import { localCloud } from './local-cloud.js';
import { localCloudPage } from './local-cloud-page.js';

export { type LocalCloud, localCloud } from './local-cloud.js';

/** The files of docs/reference that are made from the tables of a cloud, by name. */
export function referenceFiles(context: Pick<CloudContext, 'services'>): Readonly<Record<string, string>> {
  const reference = localCloud(context);
  return {
    'local-cloud.json': `${JSON.stringify(reference, undefined, 2)}\n`,
    'local-cloud.md': localCloudPage(reference),
  };
}
