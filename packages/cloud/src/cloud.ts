import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudContext, CloudEvent, ServiceMaker } from './core/cloud.js';
import { CloudError } from './core/cloud-error.js';
import { folderFailure } from './core/folder-failure.js';
import { DEFAULT_QUOTAS, type Quotas } from './core/quotas.js';
import type { Service } from './core/service.js';
import { ServiceMetrics } from './core/service-metrics.js';
import type { Store } from './core/store.js';
import { claimDataFolder } from './data-folder/claim.js';
import { FORMAT } from './data-folder/marker.js';
import { createAwsCalls } from './gateway/aws-call.js';
import { createCredentials, ephemeralSecret, loadSecret, rootKeyId } from './gateway/credentials.js';
import { createDispatcher, type IamMode } from './gateway/dispatcher.js';
import { isWildcard, serviceHosts } from './gateway/host.js';
import { startGateway } from './gateway/server.js';
import { createWebAccess } from './gateway/web-access.js';
import { createAuthorizer, createPolicyReview, identitiesIn } from './iam/index.js';
import { services as everyService } from './services/index.js';
import { openMemoryStore, openStore } from './store/open-store.js';

/** Options of `startCloud`. */
export interface CloudOptions {
  /** 0 takes a free one. @default 4566 */
  readonly port?: number;
  /** The address to listen on. @default '127.0.0.1' */
  readonly host?: string;
  /** Where state is kept. Ignored by an ephemeral cloud. @default '.goblet/cloud' below the working directory */
  readonly dataFolder?: string;
  /** Keeps state in memory. @default false */
  readonly ephemeral?: boolean;
  /** @default 'enforce' */
  readonly iam?: IamMode;
  /**
   * True to replace AWS's URLs of known APIs by local ones in answers.
   * @default true
   */
  readonly rewriteUrls?: boolean;
  /**
   * True to refuse stacks with resource types that this cloud only records.
   * @default false
   */
  readonly refuseRecorded?: boolean;
  /** Those that AWS raised for you. @default - AWS's own */
  readonly quotas?: Partial<Quotas>;
  /**
   * Receives events.
   * @default - events are dropped
   */
  readonly onEvent?: (event: CloudEvent) => void;
  /** @default - every service there is */
  readonly services?: readonly ServiceMaker[];
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
}

/** A running local cloud. */
export interface Cloud {
  /** `http://127.0.0.1:4566` */
  readonly endpoint: string;
  readonly port: number;
  /**
   * The developer's key of an account.
   * @param account twelve digits (default: 000000000000)
   */
  readonly credentials: (account?: string) => { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly context: CloudContext;
  readonly close: () => Promise<void>;
}

const VERSION = '0.1.0';

interface Folders {
  readonly store: Store;
  readonly workFolder: string;
  readonly objectsFolder: string;
  readonly secret: string;
}

/** Opens the data folder, and has `warn` tell what is wrong with it and does not keep the cloud from starting. */
async function openDataFolder(path: string, warn: (message: string) => void): Promise<Folders> {
  const folder = await claimDataFolder(path);
  if (!folder.isPrivate)
    warn(`${folder.path} can be read by others, and its file system does not let Goblet change that`);
  const store = await openStore(join(folder.path, 'store'), {
    create: !folder.hasStore,
    migrate: folder.format < FORMAT,
    warn,
  });
  try {
    await folder.storeOpened();
    const workFolder = join(folder.path, 'work');
    await mkdir(workFolder, { recursive: true, mode: 0o700 });
    return { store, workFolder, objectsFolder: join(folder.path, 'objects'), secret: await loadSecret(folder.path) };
  } catch (error) {
    await store.close();
    throw folderFailure(folder.path, 'written', error);
  }
}

async function openFolders({ ephemeral, dataFolder }: CloudOptions, warn: (message: string) => void): Promise<Folders> {
  if (!ephemeral) return openDataFolder(dataFolder ?? join('.goblet', 'cloud'), warn);
  const workFolder = await mkdtemp(join(tmpdir(), 'goblet-cloud-'));
  const objectsFolder = join(workFolder, 'objects');
  return { store: await openMemoryStore(), workFolder, objectsFolder, secret: ephemeralSecret() };
}

/** Clients of this machine; `0.0.0.0` is no address to call. */
function endpointOf(host: string, port: number): string {
  const name = isWildcard(host) ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/**
 * Starts a cloud: AWS's APIs on one loopback port. Resolves when it answers.
 *
 * @throws CloudError GOBLET_CLOUD_PORT_TAKEN, and of the data folder GOBLET_CLOUD_FOLDER_IN_USE, _FOREIGN, _NEWER and
 * _UNUSABLE, GOBLET_CLOUD_STORE_DAMAGED
 * @example
 * const cloud = await startCloud({ dataFolder: '.goblet/cloud' });
 * const client = new S3Client({ endpoint: cloud.endpoint, region: 'eu-west-1', credentials: cloud.credentials() });
 */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  const { host = '127.0.0.1', port = 4566, iam = 'enforce', rewriteUrls = true, now = Date.now } = options;
  const emit = options.onEvent ?? (() => {});
  const warn = (message: string) => emit({ kind: 'warning', time: now(), message });
  const { store, workFolder, objectsFolder, secret } = await openFolders(options, warn);
  const services = new Map<string, Service>();
  let endpoint = '';
  const reviewPolicy = createPolicyReview({ services, emit, now });
  const identities = identitiesIn(store);
  identities.onAttach(reviewPolicy);
  const { dispatch, dispatchRead } = createDispatcher({
    services,
    authorizer: createAuthorizer({ identities, now }),
    mode: iam,
    emit,
    now,
  });
  const context: CloudContext = {
    store,
    reviewPolicy,
    dispatch,
    credentials: createCredentials(store, secret, now, (id) => identities.keyHolder(id)),
    services,
    emit,
    quotas: { ...DEFAULT_QUOTAS, ...options.quotas },
    now,
    metrics: new ServiceMetrics(now),
    endpoint: () => endpoint,
    workFolder,
    objectsFolder,
    apiIds: new Set(),
    functionUrlIds: new Set(),
    queueUrls: new Set(),
    rewriteUrls,
    refuseRecorded: options.refuseRecorded ?? false,
  };
  for (const make of options.services ?? everyService) {
    const service = make(context);
    services.set(service.name, service);
  }
  const fail = (what: string, error: unknown) => {
    // An error that the user can fix needs no stack trace.
    const reason = error instanceof CloudError ? error.message : error instanceof Error ? error.stack : error;
    warn(`${what} failed: ${reason}`);
  };
  const closeFolders = async () => {
    await store.close();
    if (options.ephemeral) await rm(workFolder, { recursive: true, force: true });
  };
  const gateway = await startGateway({
    host,
    port,
    fronts: [...services.values()].flatMap((service) => service.fronts ?? []),
    isServiceHost: serviceHosts([...services.keys(), ...(services.has('apigateway') ? ['execute-api'] : [])]),
    webAccess: createWebAccess(services),
    awsCall: createAwsCalls({
      services,
      dispatch: dispatchRead,
      credentials: context.credentials,
      now,
      onFailure: (service, operation, error) => fail(`${service} ${operation}`, error),
    }),
    health: () => ({ goblet: 'cloud', version: VERSION, services: [...services.keys()].sort(), iam }),
    onFailure: fail,
  }).catch(async (error: unknown) => {
    await closeFolders();
    throw error;
  });
  endpoint = endpointOf(host, gateway.port);
  const close = async () => {
    // In reverse: what uses other services ends before them.
    for (const service of [...services.values()].reverse()) await service.stop?.();
    await gateway.close();
    await closeFolders();
  };
  try {
    for (const service of services.values()) await service.start?.();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    endpoint,
    port: gateway.port,
    credentials: (account = '000000000000') => ({ accessKeyId: rootKeyId(account), secretAccessKey: secret }),
    context,
    close,
  };
}
