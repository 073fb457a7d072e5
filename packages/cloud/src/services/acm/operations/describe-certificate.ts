import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { type AcmState, type Certificate, certificateAccess, findCertificate } from '../certificate.js';

/** Milliseconds: public certificates are good for 13 months. */
const GOOD_FOR = 395 * 86_400_000;

function described({ arn, domainName, alternativeNames, validationMethod, keyAlgorithm, created }: Certificate) {
  return {
    CertificateArn: arn,
    DomainName: domainName,
    SubjectAlternativeNames: alternativeNames,
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

export const describeCertificate = operation<AcmState>()({
  name: 'DescribeCertificate',
  parse: (raw) => ({ arn: membersOf(raw).neededText('CertificateArn') }),
  access: (row) => [certificateAccess(row, 'DescribeCertificate')],
  handle: async ({ arn }, call, state) => ({ Certificate: described(await findCertificate(arn, call, state)) }),
});
