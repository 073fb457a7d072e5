import { unlessGone } from '../../../core/aws-failure.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceType } from '../../../core/resource-type.js';
import { certificateArn } from '../certificate.js';

interface CertificateProperties extends Properties {
  readonly DomainName: string;
  readonly SubjectAlternativeNames?: readonly string[];
  readonly ValidationMethod?: string;
  readonly KeyAlgorithm?: string;
  readonly CertificateAuthorityArn?: string;
  readonly Tags?: readonly Tag[];
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

function tagsOf({ Tags = [] }: CertificateProperties, { stackTags }: ResourceContext): readonly Tag[] {
  const own = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
  return Object.entries({ ...stackTags, ...own }).map(([Key, Value]) => ({ Key, Value }));
}

/** AWS::CertificateManager::Certificate. How a domain is to be validated is taken and not done. */
export const certificateResource: ResourceType<CertificateProperties> = {
  type: 'AWS::CertificateManager::Certificate',
  newId: (_properties, context) => certificateArn(randomId.uuid(), context),
  create: async (arn, properties, context) => {
    const { DomainName, SubjectAlternativeNames, ValidationMethod, KeyAlgorithm, CertificateAuthorityArn } = properties;
    const input = { DomainName, SubjectAlternativeNames, ValidationMethod, KeyAlgorithm, CertificateAuthorityArn };
    const Tags = tagsOf(properties, context);
    await context.call('acm', 'RequestCertificate', { ...input, Tags }, arn.slice(arn.lastIndexOf('/') + 1));
    return {};
  },
  update: async (arn, properties, previous, context) => {
    const now = tagsOf(properties, context);
    const gone = tagsOf(previous, context).filter(({ Key }) => !now.some((tag) => tag.Key === Key));
    if (gone.length > 0) await context.call('acm', 'RemoveTagsFromCertificate', { CertificateArn: arn, Tags: gone });
    if (now.length > 0) await context.call('acm', 'AddTagsToCertificate', { CertificateArn: arn, Tags: now });
    return {};
  },
  delete: async (arn, _properties, context) => {
    await unlessGone(context.call('acm', 'DeleteCertificate', { CertificateArn: arn }));
  },
};
