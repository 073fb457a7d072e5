import type { CertificateDetail } from '@aws-sdk/client-acm';
import { acmOperation, type Certificate, certificateAccess, findCertificate, named } from '../certificate.js';

/** Milliseconds: public certificates are good for 13 months. */
const GOOD_FOR = 395 * 86_400_000;

function described(certificate: Certificate): CertificateDetail {
  const { arn, domainName, alternativeNames, validationMethod, keyAlgorithm, created } = certificate;
  return {
    CertificateArn: arn,
    DomainName: domainName,
    SubjectAlternativeNames: [...alternativeNames],
    DomainValidationOptions: alternativeNames.map((name) => ({
      DomainName: name,
      ValidationDomain: name,
      ValidationMethod: validationMethod,
      ValidationStatus: 'SUCCESS',
    })),
    KeyAlgorithm: keyAlgorithm,
    Status: 'ISSUED',
    Type: 'AMAZON_ISSUED',
    CreatedAt: new Date(created),
    IssuedAt: new Date(created),
    NotBefore: new Date(created),
    NotAfter: new Date(created + GOOD_FOR),
  };
}

export const describeCertificate = acmOperation({
  name: 'DescribeCertificate',
  parse: named,
  access: (row) => [certificateAccess(row, 'DescribeCertificate')],
  handle: async ({ arn }, call, state) => ({ Certificate: described(await findCertificate(arn, call, state)) }),
});
