import type { XmlStructure } from '../../../gateway/read-xml.js';
import { serviceModel, structureOf } from '../../../model/service-model.js';
import { createReaders } from '../../../model/value-reader.js';
import { xmlFormat } from '../../../model/xml-format.js';
import type { BucketRecord } from './bucket-record.js';
import type { BucketSettings, SettingName } from './bucket-settings.js';

/** A bucket as the first versions stored it: its configurations as their XML had them. */
export interface FirstBucketRecord extends Omit<BucketRecord, 'settings'> {
  readonly configurations: Readonly<Partial<Record<SettingName, XmlStructure>>>;
}

/** The operation whose body a configuration was, and the body's member. */
const BODIES: Readonly<Partial<Record<SettingName, readonly [operation: string, member: string]>>> = {
  cors: ['PutBucketCors', 'CORSConfiguration'],
  encryption: ['PutBucketEncryption', 'ServerSideEncryptionConfiguration'],
  lifecycle: ['PutBucketLifecycleConfiguration', 'LifecycleConfiguration'],
  logging: ['PutBucketLogging', 'BucketLoggingStatus'],
  notification: ['PutBucketNotificationConfiguration', 'NotificationConfiguration'],
  ownershipControls: ['PutBucketOwnershipControls', 'OwnershipControls'],
  publicAccessBlock: ['PutPublicAccessBlock', 'PublicAccessBlockConfiguration'],
  tagging: ['PutBucketTagging', 'Tagging'],
};

/** The settings that configurations in XML are. */
export function settingsOfFirst(configurations: FirstBucketRecord['configurations']): BucketSettings {
  const model = serviceModel('s3');
  const readerOf = createReaders(model, xmlFormat);
  const read = Object.entries(configurations).map(([name, value]) => {
    const [operation = '', member = ''] = BODIES[name as SettingName] ?? [];
    const shape = structureOf(model, model.operations[operation]?.input ?? 'unit')?.members[member];
    return [name, shape === undefined ? undefined : readerOf(shape)(value, member)];
  });
  return Object.fromEntries(read);
}
