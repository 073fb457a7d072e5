import { anything } from '../../../core/access.js';
import { operation } from '../../../core/operation.js';
import { type AcmState, type Certificate, certificates } from '../certificate.js';

export const listCertificates = operation<AcmState>()({
  name: 'ListCertificates',
  parse: () => ({}),
  access: (row) => [row({ action: 'acm:ListCertificates', on: anything })],
  handle: async (_input, call, state) => {
    const found: object[] = [];
    for await (const [, { arn, domainName }] of certificates(state, call).range<Certificate>({}))
      found.push({ CertificateArn: arn, DomainName: domainName, Status: 'ISSUED', Type: 'AMAZON_ISSUED' });
    return { CertificateSummaryList: found };
  },
});
