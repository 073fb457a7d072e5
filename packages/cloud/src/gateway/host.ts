import { isIP } from 'node:net';

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/** Browsers and clients resolve every name below `localhost` to this machine ("localhost", RFC 6761). */
const BELOW_LOCALHOST = /^(?:[a-z0-9_*-][a-z0-9_.-]*\.)?localhost$/;

const REGION = '[a-z]{2}(?:-[a-z]+)+-\\d+';
const DOMAIN = 'amazonaws\\.com(?:\\.cn)?';

/** The labels that may precede the service in its host names: a bucket, an API, another endpoint of the service. */
const BEFORE: Readonly<Record<string, string>> = {
  s3: '(?:[a-z0-9._-]+\\.)?',
  'execute-api': '[a-z0-9]+\\.',
  dynamodb: '(?:streams\\.)?',
  ecr: 'api\\.',
};

/** The name of a Host header: lower-case, without the port. */
export function hostName(host: string | undefined): string {
  return (host ?? '').toLowerCase().replace(/:\d+$/, '');
}

/** Tells AWS's names of the given services: `sqs.eu-west-1.amazonaws.com`, `bucket.s3.eu-west-1.amazonaws.com`. */
export function serviceHosts(services: Iterable<string>): (name: string) => boolean {
  const names = [...services].map((service) =>
    service === 's3'
      ? `${BEFORE.s3}s3(?:[.-](?:dualstack\\.)?${REGION})?`
      : `${BEFORE[service] ?? ''}${service}(?:\\.${REGION})?`,
  );
  const pattern = new RegExp(`^(?:${names.join('|')})\\.${DOMAIN}$`);
  return (name) => pattern.test(name);
}

/** True if a name means this machine, by whatever name it is asked for. */
export function isLoopback(name: string): boolean {
  return LOOPBACK.test(name);
}

/**
 * True if a request for this host can be meant for the cloud. A page that points its own name at 127.0.0.1 (DNS
 * rebinding) sends that name. Therefore only names that nobody else can own are accepted: loopback's, those of
 * services that are served and, if the cloud listens on every address, addresses.
 */
export function isAllowedHost(
  host: string | undefined,
  listening: string,
  isServed: (name: string) => boolean,
): boolean {
  const name = hostName(host);
  if (name === listening || LOOPBACK.test(name) || BELOW_LOCALHOST.test(name) || isServed(name)) return true;
  return isWildcard(listening) && isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}

/** True if the cloud listens on every address of the machine. */
export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}
