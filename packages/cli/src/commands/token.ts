import { ACCESS_OPTIONS, usingAws } from '../deployed/aws-access.js';
import type { CommandDefinition } from './command.js';
import { text } from './option-value.js';

export const token: CommandDefinition = {
  name: 'token',
  arguments: '<username>',
  summary: 'print a token of a user of a user pool',
  description:
    "Prints a token of a user, to call routes that a user pool guards. In the local cloud nothing else is needed: pools there give the developer the tokens of their users. --password signs the user in as an administrator does (ADMIN_USER_PASSWORD_AUTH), which AWS needs. The pool and the client can be left out if there is one. The user's account is used as a sign-in uses it: triggers of the pool run.",
  options: [
    { flags: '--pool <pool>', description: 'user pool: its id or name' },
    { flags: '--client <client>', description: "the pool's client: its id or name (default: the first by name)" },
    { flags: '--password <password>', description: 'sign in with this password' },
    { flags: '--id', description: 'print the ID token (default)' },
    { flags: '--access', description: 'print the access token, which routes with scopes need' },
    ...ACCESS_OPTIONS,
    { flags: '--json', description: 'print pool, client and both tokens as JSON' },
  ],
  examples: [
    ['curl -H "Authorization: Bearer $(npx goblet token ann)" "$(npx goblet url)me"', 'call a guarded route as ann'],
    ['npx goblet token ann --pool people --access', 'print an access token of a user of the pool people'],
  ],
  run: async ([username = ''], options, terminal) =>
    usingAws(options, terminal, async (access) => {
      const { userTokens } = await import('../deployed/user-tokens.js');
      const found = await userTokens(access, {
        username,
        pool: text(options, 'pool'),
        client: text(options, 'client'),
        password: text(options, 'password'),
      });
      if (options.json === true) terminal.out(JSON.stringify(found, null, 2));
      else terminal.out(options.access === true ? found.accessToken : found.idToken);
      return 0;
    }),
};
