import { client } from './client.js';
import { cloud } from './cloud.js';
import type { CommandDefinition } from './command.js';
import { dev } from './dev.js';
import { doctor } from './doctor.js';
import { env } from './env.js';
import { exec } from './exec.js';
import { inventory } from './inventory.js';
import { invoke } from './invoke.js';
import { local } from './local.js';
import { logs } from './logs.js';
import { newCommand } from './new.js';
import { openapi } from './openapi.js';
import { packageCommand } from './package.js';
import { token } from './token.js';
import { url } from './url.js';

/** Every command, in the order of the help text. */
export const commands: readonly CommandDefinition[] = [
  newCommand,
  local,
  cloud,
  dev,
  env,
  exec,
  url,
  logs,
  invoke,
  token,
  doctor,
  inventory,
  openapi,
  client,
  packageCommand,
];
