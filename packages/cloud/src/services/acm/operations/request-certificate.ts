import { anything, requestTags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { type AcmState, type Certificate, certificateArn, certificates } from '../certificate.js';

const DOMAIN = /^(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])$/;

export const requestCertificate = operation<AcmState>()({
  name: 'RequestCertificate',
  parse: (raw) => {
    const members = membersOf(raw);
    const domainName = members.neededText('DomainName');
    const alternativeNames = members.texts('SubjectAlternativeNames');
    for (const name of [domainName, ...alternativeNames]) {
      if (!DOMAIN.test(name))
        throw new AwsError('InvalidDomainValidationOptionsException', `${name} is no domain name`);
    }
    if (members.has('CertificateAuthorityArn'))
      throw new AwsError(
        'InvalidParameterException',
        'Private certificate authorities are not supported by this cloud',
      );
    const options = members.structure('Options');
    return {
      domainName,
      alternativeNames: [...new Set([domainName, ...alternativeNames])],
      validationMethod: members.text('ValidationMethod') ?? 'EMAIL',
      keyAlgorithm: members.text('KeyAlgorithm') ?? 'RSA_2048',
      transparencyLogging: options?.text('CertificateTransparencyLoggingPreference') ?? 'ENABLED',
      export: options?.text('Export') ?? 'DISABLED',
      tags: Object.fromEntries(
        members.structures('Tags').map((tag) => [tag.neededText('Key'), tag.text('Value') ?? '']),
      ),
    };
  },
  access: (row) => [
    row({
      action: 'acm:RequestCertificate',
      on: anything,
      keys: {
        ...requestTags(({ tags }) => tags),
        'acm:DomainNames': ({ input }) => input.alternativeNames,
        'acm:KeyAlgorithm': ({ input }) => input.keyAlgorithm,
        'acm:ValidationMethod': ({ input }) => input.validationMethod,
        'acm:CertificateTransparencyLogging': ({ input }) => input.transparencyLogging,
        'acm:Export': ({ input }) => input.export,
      },
    }),
  ],
  handle: async ({ transparencyLogging: _logging, export: _export, ...input }, call, state) => {
    const arn = certificateArn(call.resourceId ?? randomId.uuid(), call);
    const certificate: Certificate = { ...input, arn, created: state.now() };
    await certificates(state, call).batch([{ key: arn, value: certificate }]);
    return { CertificateArn: arn };
  },
});
