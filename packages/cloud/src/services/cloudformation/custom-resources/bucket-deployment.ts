import { unzipSync } from 'fflate';
import { collectBytes } from '../../../core/bytes.js';
import { defined } from '../../../core/defined.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext } from '../../../core/resource-type.js';
import { contentType } from './content-type.js';
import type { NativeProvider } from './native-provider.js';

interface Source {
  readonly bucket: string;
  readonly key: string;
  /** Texts that stand for values known at deployment, with those values. */
  readonly markers: Readonly<Record<string, string>>;
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function flag(value: unknown, otherwise: boolean): boolean {
  return value === undefined ? otherwise : String(value) === 'true';
}

function sourcesIn({ SourceBucketNames, SourceObjectKeys, SourceMarkers }: Properties): readonly Source[] {
  const keys = textsIn(SourceObjectKeys);
  const markers = Array.isArray(SourceMarkers) ? SourceMarkers : [];
  return textsIn(SourceBucketNames).map((bucket, i) => ({
    bucket,
    key: keys[i] ?? '',
    markers: Object.fromEntries(Object.entries(Object(markers[i])).map(([marker, text]) => [marker, String(text)])),
  }));
}

/** The prefix of the destination, with a slash behind it where it is not empty. */
function prefixOf({ DestinationBucketKeyPrefix }: Properties): string {
  const prefix = String(DestinationBucketKeyPrefix ?? '').replace(/^\/+|\/+$/g, '');
  return prefix === '' ? '' : `${prefix}/`;
}

async function bytesOf({ bucket, key }: Source, { call }: ResourceContext): Promise<Uint8Array> {
  const { Body } = await call('s3', 'GetObject', { Bucket: bucket, Key: key });
  return (await collectBytes(Body)) ?? new Uint8Array(0);
}

function filled(bytes: Uint8Array, markers: Source['markers']): Uint8Array {
  const all = Object.entries(markers);
  if (all.length === 0) return bytes;
  const text = Buffer.from(bytes).toString('latin1');
  if (!all.some(([marker]) => text.includes(marker))) return bytes;
  const filledIn = all.reduce(
    (content, [marker, value]) => content.replaceAll(marker, value),
    Buffer.from(bytes).toString(),
  );
  return Buffer.from(filledIn);
}

/** The files of every source, later ones over earlier, by their key. */
async function filesOf(properties: Properties, context: ResourceContext): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const source of sourcesIn(properties)) {
    const bytes = await bytesOf(source, context);
    if (!flag(properties.Extract, true)) {
      files.set(source.key.split('/').at(-1) ?? source.key, bytes);
      continue;
    }
    for (const [name, content] of Object.entries(unzipSync(bytes))) {
      if (!name.endsWith('/')) files.set(name, filled(content, source.markers));
    }
  }
  return files;
}

/** The pattern language of `aws s3 sync` (`*` and `?`); the last pattern that fits decides. */
function isLeftOut(name: string, { Exclude, Include }: Properties): boolean {
  const fits = (pattern: string): boolean =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
      's',
    ).test(name);
  return textsIn(Exclude).some(fits) && !textsIn(Include).some(fits);
}

async function keysBelow(bucket: string, prefix: string, { call }: ResourceContext): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let token: string | undefined; ; ) {
    const page = await call('s3', 'ListObjectsV2', {
      Bucket: bucket,
      Prefix: prefix,
      ...defined({ ContinuationToken: token }),
    });
    for (const { Key } of page.Contents ?? []) keys.push(String(Key));
    token = page.NextContinuationToken;
    if (token === undefined) return keys;
  }
}

async function removeBelow(bucket: string, prefix: string, keep: (name: string) => boolean, context: ResourceContext) {
  for (const key of await keysBelow(bucket, prefix, context)) {
    if (!keep(key.slice(prefix.length))) await context.call('s3', 'DeleteObject', { Bucket: bucket, Key: key });
  }
}

/** System metadata as the construct gives it (`cache-control`), as members of PutObject. */
const SYSTEM_METADATA: Readonly<Record<string, string>> = {
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-encoding': 'ContentEncoding',
  'content-language': 'ContentLanguage',
  'content-type': 'ContentType',
  'storage-class': 'StorageClass',
  'website-redirect': 'WebsiteRedirectLocation',
};

function metadataOf({ SystemMetadata, UserMetadata }: Properties): Readonly<Record<string, unknown>> {
  const system = Object.entries(Object(SystemMetadata)).flatMap(([name, value]) => {
    const member = SYSTEM_METADATA[name];
    return member === undefined ? [] : [[member, value] as const];
  });
  return { ...Object.fromEntries(system), ...defined({ Metadata: UserMetadata }) };
}

/** CDK's `Custom::CDKBucketDeployment`: files of assets put into a bucket, with what is there besides removed. */
export const bucketDeployment: NativeProvider = async ({ request, id, properties, previous, context }) => {
  const Bucket = String(properties.DestinationBucketName);
  const prefix = prefixOf(properties);
  const physicalId = id ?? `aws.cdk.s3deployment.${randomId.uuid()}`;
  const retains = flag(properties.RetainOnDelete, true);
  if (request === 'Delete') {
    if (!retains) await removeBelow(Bucket, prefix, () => false, context);
    return { physicalId };
  }
  const moved =
    previous && (previous.DestinationBucketName !== properties.DestinationBucketName || prefixOf(previous) !== prefix);
  if (moved && !retains)
    await removeBelow(String(previous.DestinationBucketName), prefixOf(previous), () => false, context);
  const files = new Map([...(await filesOf(properties, context))].filter(([name]) => !isLeftOut(name, properties)));
  const metadata = metadataOf(properties);
  for (const [name, Body] of files) {
    await context.call('s3', 'PutObject', {
      Bucket,
      Key: prefix + name,
      Body,
      ContentType: contentType(name),
      ...metadata,
    });
  }
  if (flag(properties.Prune, true)) {
    await removeBelow(Bucket, prefix, (name) => files.has(name) || isLeftOut(name, properties), context);
  }
  return {
    physicalId,
    attributes: {
      DestinationBucketArn: `arn:aws:s3:::${Bucket}`,
      SourceObjectKeys: flag(properties.OutputObjectKeys, true) ? textsIn(properties.SourceObjectKeys) : [],
    },
  };
};
