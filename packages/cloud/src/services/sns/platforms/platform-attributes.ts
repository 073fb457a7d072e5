import type { Attributes } from '../attributes.js';
import { invalidParameter } from '../sns-error.js';

/** The credentials of SNS at the platform, which no answer shows. */
const SECRETS = ['PlatformCredential', 'PlatformPrincipal'];
const OF_ENDPOINT = ['CustomUserData', 'Enabled', 'Token'];
/** Bytes */
const LONGEST_DATA = 2048;

/** @throws AwsError InvalidParameter for credentials of which one half is missing */
export function checkCredentials(platform: string, attributes: Attributes): void {
  const { PlatformCredential: credential, PlatformPrincipal: principal } = attributes;
  const only = (one: string, other: string) =>
    invalidParameter(`Attributes Reason: ${one} attribute provided without ${other}`);
  if (principal !== undefined && credential === undefined) throw only('PlatformPrincipal', 'PlatformCredential');
  // Google's platform has a key alone.
  if (credential !== undefined && principal === undefined && platform !== 'GCM') {
    throw only('PlatformCredential', 'PlatformPrincipal');
  }
}

/** The attributes of an application that are answered. */
export function visibleAttributes(attributes: Attributes): Attributes {
  const shown = Object.entries(attributes).filter(([name]) => !SECRETS.includes(name));
  return { Enabled: 'true', ...Object.fromEntries(shown) };
}

/** @throws AwsError InvalidParameter */
export function checkEndpointAttributes(attributes: Attributes): void {
  const unknown = Object.keys(attributes).find((name) => !OF_ENDPOINT.includes(name));
  if (unknown !== undefined) throw invalidParameter(`Attributes Reason: Invalid attribute name: ${unknown}`);
  if (Buffer.byteLength(attributes.CustomUserData ?? '') > LONGEST_DATA) {
    throw invalidParameter(
      `Attributes Reason: Invalid value for attribute: CustomUserData: must be at most ${LONGEST_DATA} bytes long in UTF-8 encoding`,
    );
  }
}
