import type { CertificateSummary } from '@aws-sdk/client-acm';
import { anything } from '../../../core/access.js';
import { acmOperation, type Certificate, certificates } from '../certificate.js';

export const listCertificates = acmOperation({
  name: 'ListCertificates',
  access: (row) => [row({ action: 'acm:ListCertificates', on: anything })],
  handle: async (_input, call, state) => {
    const found: CertificateSummary[] = [];
    for await (const [, { arn, domainName }] of certificates(state, call).range<Certificate>({})) {
      found.push({ CertificateArn: arn, DomainName: domainName, Status: 'ISSUED', Type: 'AMAZON_ISSUED' });
    }
    return { CertificateSummaryList: found };
  },
});
