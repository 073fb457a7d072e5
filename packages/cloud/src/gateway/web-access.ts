import { header, type RequestHead } from '../core/http.js';
import type { Service, WebAccess } from '../core/service.js';

/**
 * Asks the services what they make of a request of a web page. One that names an operation is for the service alone that
 * takes it without a signature.
 */
export function createWebAccess(services: ReadonlyMap<string, Service>) {
  return async (head: RequestHead): Promise<WebAccess | undefined> => {
    const namesOperation = header(head, 'x-amz-target') !== undefined;
    for (const service of services.values()) {
      if (namesOperation && !service.isForUnsigned?.(head)) continue;
      const access = await service.webAccess?.(head);
      if (access) return access;
    }
    return undefined;
  };
}
