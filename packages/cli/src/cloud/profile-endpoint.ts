import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** The settings of a profile in the shared configuration file ("Configuration and credential file settings" of the AWS CLI). */
export function profileSettings(config: string, profile: string): Readonly<Record<string, string>> {
  const wanted = profile === 'default' ? /^(profile\s+)?default$/ : undefined;
  const settings: Record<string, string> = {};
  let inside = false;
  for (const line of config.split('\n')) {
    const [, section] = /^\s*\[\s*(.+?)\s*\]/.exec(line) ?? [];
    if (section !== undefined) {
      inside = wanted?.test(section) ?? section.replace(/^profile\s+/, '') === profile;
      continue;
    }
    const [, name, value] = /^([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (inside && name !== undefined && value !== undefined) settings[name.toLowerCase()] = value;
  }
  return settings;
}

/** The endpoint that a profile sets. */
export interface ProfileEndpoint {
  readonly profile: string;
  readonly file: string;
  readonly endpoint: string;
}

/** The endpoint that SDKs use for the current profile, or undefined ("Service-specific endpoints"). */
export function profileEndpoint(env: Readonly<Record<string, string | undefined>>): ProfileEndpoint | undefined {
  if (env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true') return undefined;
  const profile = env.AWS_PROFILE || 'default';
  const file = env.AWS_CONFIG_FILE || join(homedir(), '.aws', 'config');
  const { endpoint_url: endpoint } = profileSettings(readText(file), profile);
  return endpoint ? { profile, file, endpoint } : undefined;
}
