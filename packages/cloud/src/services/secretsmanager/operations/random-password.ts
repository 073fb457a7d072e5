import { anything } from '../../../core/access.js';
import { randomPassword } from '../random-password.js';
import { secretsOperation } from '../service-state.js';

export const getRandomPassword = secretsOperation({
  name: 'GetRandomPassword',
  limits: { PasswordLength: { min: 1, max: 4096 }, ExcludeCharacters: { max: 4096 } },
  access: (row) => [row({ action: 'secretsmanager:GetRandomPassword', on: anything })],
  handle: (rules) => ({ RandomPassword: randomPassword(rules) }),
});
