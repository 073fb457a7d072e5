import { bindOperations } from '../../core/operation.js';
import type { ServiceMaker } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/json-protocol.js';
import { deleteCertificate } from './operations/delete-certificate.js';
import { describeCertificate } from './operations/describe-certificate.js';
import { listCertificates } from './operations/list-certificates.js';
import { requestCertificate } from './operations/request-certificate.js';
import { addTagsToCertificate, listTagsForCertificate, removeTagsFromCertificate } from './operations/tagging.js';
import { certificateResource } from './resources/certificate.js';

/** AWS Certificate Manager, as far as custom domain names need it: certificates that are issued and never shown. */
export const acm: ServiceMaker = ({ store, now }) => ({
  name: 'acm',
  signingNames: ['acm'],
  protocol: jsonProtocol({ targetPrefix: 'CertificateManager', version: '1.1' }),
  operations: bindOperations({ store, now }, [
    addTagsToCertificate,
    deleteCertificate,
    describeCertificate,
    listCertificates,
    listTagsForCertificate,
    removeTagsFromCertificate,
    requestCertificate,
  ]),
  resourceTypes: [certificateResource],
});
