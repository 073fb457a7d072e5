import { anything, requestTags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { randomId } from '../../../core/random-id.js';
import { fromTagList } from '../../../kit/tags.js';
import { acmOperation, type Certificate, certificateArn, certificates } from '../certificate.js';

const DOMAIN = /^(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])$/;

export const requestCertificate = acmOperation({
  name: 'RequestCertificate',
  parse: (input) => {
    const { DomainName, SubjectAlternativeNames = [], Options, Tags } = input;
    for (const name of [DomainName, ...SubjectAlternativeNames]) {
      if (!DOMAIN.test(name))
        throw new AwsError('InvalidDomainValidationOptionsException', `${name} is no domain name`);
    }
    if (input.CertificateAuthorityArn !== undefined)
      throw new AwsError(
        'InvalidParameterException',
        'Private certificate authorities are not supported by this cloud',
      );
    return {
      domainName: DomainName,
      alternativeNames: [...new Set([DomainName, ...SubjectAlternativeNames])],
      validationMethod: input.ValidationMethod ?? 'EMAIL',
      keyAlgorithm: input.KeyAlgorithm ?? 'RSA_2048',
      transparencyLogging: Options?.CertificateTransparencyLoggingPreference ?? 'ENABLED',
      export: Options?.Export ?? 'DISABLED',
      tags: fromTagList(Tags),
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
