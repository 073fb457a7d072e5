import { isIP } from 'node:net';

const NAMES =
  /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\]|(?:[a-z0-9_.-]+\.)?localhost|(?:[a-z0-9_-]+\.)+(?:amazonaws\.com(?:\.cn)?|on\.aws))$/;

/** The name of a Host header: lower-case, without the port. */
export function hostName(host: string | undefined): string {
  return (host ?? '').toLowerCase().replace(/:\d+$/, '');
}

/**
 * True if a request for this host can be meant for the cloud. A page that points its own name at 127.0.0.1 (DNS
 * rebinding) sends that name. Therefore only names that nobody else can own are accepted: loopback's, AWS's and, if the
 * cloud listens on every address, addresses.
 */
export function isAllowedHost(host: string | undefined, listening: string): boolean {
  const name = hostName(host);
  if (name === listening || NAMES.test(name)) return true;
  return isWildcard(listening) && isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}

/** True if the cloud listens on every address of the machine. */
export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}
