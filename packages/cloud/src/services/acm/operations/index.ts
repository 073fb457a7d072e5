import type { Operation } from '../../../core/operation.js';
import type { AcmState } from '../certificate.js';
import { deleteCertificate } from './delete-certificate.js';
import { describeCertificate } from './describe-certificate.js';
import { listCertificates } from './list-certificates.js';
import { requestCertificate } from './request-certificate.js';
import { addTagsToCertificate, listTagsForCertificate, removeTagsFromCertificate } from './tagging.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own
export const operations: readonly Operation<AcmState, any, any>[] = [
  addTagsToCertificate,
  deleteCertificate,
  describeCertificate,
  listCertificates,
  listTagsForCertificate,
  removeTagsFromCertificate,
  requestCertificate,
];
