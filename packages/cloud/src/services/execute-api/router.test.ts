import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Router } from './router.js';

function routerOf(...paths: string[]): Router<string> {
  const router = new Router<string>('escaped');
  for (const path of paths) router.add(path, path);
  return router;
}

describe('Router', () => {
  it('prefers a literal segment to a capture and a capture to a greedy one', () => {
    const router = routerOf('/users/me', '/users/{name}', '/{all+}');
    expect(router.match('/users/me')?.target).toBe('/users/me');
    expect(router.match('/users/john')?.target).toBe('/users/{name}');
    expect(router.match('/users/john/posts')?.target).toBe('/{all+}');
  });

  it('goes back to a capture when the literal leads nowhere', () => {
    const router = routerOf('/users/me/settings', '/users/{name}/posts');
    expect(router.match('/users/me/posts')).toEqual({ target: '/users/{name}/posts', parameters: { name: 'me' } });
  });

  it('leaves captures as they were sent', () => {
    const router = routerOf('/files/{name}', '/tree/{path+}');
    expect(router.match('/files/a%2Fb%20c')?.parameters).toEqual({ name: 'a%2Fb%20c' });
    expect(router.match('/tree/a/b%20c')?.parameters).toEqual({ path: 'a/b%20c' });
  });

  it('takes an encoded literal for the literal', () => {
    expect(routerOf('/users').match('/%75sers')?.target).toBe('/users');
  });

  it('does not mind trailing slashes', () => {
    expect(routerOf('/users/{name}').match('/users/john/')?.parameters).toEqual({ name: 'john' });
    expect(routerOf('/').match('/')?.target).toBe('/');
  });

  it('gives neither captures nor greedy captures an empty path', () => {
    const router = routerOf('/users/{name}/posts', '/files/{path+}');
    expect(router.match('/users//posts')).toBeUndefined();
    expect(router.match('/files/')).toBeUndefined();
    expect(router.match('/files')).toBeUndefined();
  });

  it('captures the name __proto__ as a plain member', () => {
    const parameters = routerOf('/{__proto__}').match('/x')?.parameters;
    expect(Object.keys(parameters ?? {})).toEqual(['__proto__']);
  });

  it('agrees with a slow matcher that tries every path', () => {
    const part = fc.constantFrom('a', 'b', '{x}');
    const path = fc
      .tuple(fc.array(part, { maxLength: 4 }), fc.boolean())
      .map(([parts, greedy]) => `/${(greedy ? [...parts.filter((p) => p !== '{x}'), '{x+}'] : parts).join('/')}`);
    const asked = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 5 }).map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 8 }), asked, (paths, url) => {
        expect(routerOf(...paths).match(url)?.target).toBe(slowMatch(paths, url));
      }),
    );
  });
});

/** Of all paths that match, the one whose first differing segment is the more specific. */
function slowMatch(paths: readonly string[], url: string): string | undefined {
  const asked = url.split('/').filter((part) => part !== '');
  const rank = (part: string | undefined) =>
    part === undefined ? 3 : part.endsWith('+}') ? 2 : part.startsWith('{') ? 1 : 0;
  const split = (path: string) => path.split('/').filter((part) => part !== '');
  const matching = paths.filter((path) => {
    const parts = split(path);
    if (parts.at(-1)?.endsWith('+}')) {
      return asked.length >= parts.length && parts.slice(0, -1).every((part, i) => part === asked[i]);
    }
    return parts.length === asked.length && parts.every((part, i) => part.startsWith('{') || part === asked[i]);
  });
  return matching.sort((left, right) => {
    const a = split(left);
    const b = split(right);
    for (let i = 0; i < Math.max(a.length, b.length); i++) {
      const difference = rank(a[i]) - rank(b[i]);
      if (difference !== 0) return difference;
    }
    return 0;
  })[0];
}
