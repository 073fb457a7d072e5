import { expect, test } from 'vitest';
import { AwsError } from '../../core/aws-error.js';
import type { HttpRequest } from '../../core/http.js';
import { queryProtocol } from './query.js';

const protocol = queryProtocol('iam');

function form(body: string): HttpRequest {
  const signal = new AbortController().signal;
  return { method: 'POST', path: '/', query: '', headers: [], body: Buffer.from(body), sourceIp: '', signal };
}

test('an action of another version is refused', () => {
  expect(() => protocol.decode(form('Action=GetUser&Version=2000-01-01'))).toThrow(
    'Could not find operation GetUser for version 2000-01-01',
  );
});

test('an answer is written into the result element of its action', () => {
  expect(protocol.encode('GetUser', { User: { Path: '/' } }, 'id', form('')).body).toBe(
    '<GetUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetUserResult><User><Path>/</Path></User></GetUserResult>' +
      '<ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></GetUserResponse>',
  );
});

test('an error says its code, and one of our own says that it is ours', () => {
  const error = protocol.encodeError(new AwsError('NoSuchEntity', 'The user <a> is not there', 404), 'id', form(''));
  expect(error).toMatchObject({ status: 404, body: expect.stringContaining('<Code>NoSuchEntity</Code>') });
  expect(error.body).toContain('The user &lt;a&gt; is not there');
  expect(protocol.encodeError(new TypeError('x is undefined'), 'id', form(''))).toMatchObject({
    status: 500,
    body: expect.stringContaining(
      '<Code>InternalFailure</Code><Message>The local cloud failed: x is undefined</Message>',
    ),
  });
});
