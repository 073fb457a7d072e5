import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, GetItemCommand, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOBLET, plainEnvironment, root } from '../processes/commands.js';
import { RunningProcess, run } from '../processes/running-process.js';
import { type Outputs, Project, TARGET } from './project.js';
import { send } from './users-client.js';

const JOHN = { username: 'john', email: 'john@example.com' };
const NAMES = ['APIHandlerArn', 'APIHandlerName', 'EndpointURL', 'RestAPIId', 'UsersTableName'];

// One story, told in order: each part starts from what the parts before it left.
describe('the users service', () => {
  const project = new Project('service');
  let outputs: Outputs;
  let users: string;

  beforeAll(async () => {
    if (TARGET === 'local') await project.startCloud();
  });
  afterAll(() => project[Symbol.asyncDispose]());

  test('cdk synth gives the three templates, from one bundle', async () => {
    const { exitCode, output } = await project.cdk('synth', '--quiet');
    expect(output, output).toBeTruthy();
    expect(exitCode).toBe(0);
    for (const stack of ['WebApiDev', 'WebApiProdEuWest1', 'WebApiProdUsEast1']) {
      const template = JSON.parse(project.read(`infra/cdk.out/${stack}.template.json`));
      expect(Object.keys(template.Outputs).sort()).toEqual(NAMES);
    }
    const assets = ['WebApiDev', 'WebApiProdEuWest1', 'WebApiProdUsEast1'].map((stack) => {
      const template = JSON.parse(project.read(`infra/cdk.out/${stack}.template.json`));
      const handler = Object.values<{ Type: string; Properties: { Code: { S3Key: string } } }>(template.Resources).find(
        (resource) => resource.Type === 'AWS::Lambda::Function',
      );
      return handler?.Properties.Code.S3Key;
    });
    expect(assets[0]).toBeTruthy();
    expect(new Set(assets).size).toBe(1);
  });

  test('cdk deploy WebApiDev prints exactly the five outputs', async () => {
    const deployed = await project.deploy('WebApiDev', '--app', 'cdk.out');
    outputs = deployed.outputs;
    users = `${outputs.EndpointURL}users`;
    const printed = [...deployed.output.matchAll(/^WebApiDev\.(\w+) = /gm)].map((match) => match[1]);
    expect(printed.sort()).toEqual(NAMES);
    expect(outputs.EndpointURL).toMatch(/\/v1\/$/);
  });

  describe('answers', () => {
    test('POST of a user with 201 and the user', async () => {
      expect(await send('POST', users, JSON.stringify(JOHN))).toMatchObject({ status: 201, json: JOHN });
    });

    test('the same POST again with 409', async () => {
      expect(await send('POST', users, JSON.stringify(JOHN))).toMatchObject({
        status: 409,
        json: { code: 'USER_EXISTS', status: 409 },
      });
    });

    test('a bad email with 422 naming the field', async () => {
      const answer = await send('POST', users, '{"username":"ann","email":"nowhere"}');
      expect(answer.status).toBe(422);
      expect(JSON.stringify(answer.json)).toContain('email');
    });

    test('broken JSON with 400', async () => {
      expect((await send('POST', users, '{"username":')).status).toBe(400);
    });

    test('the content type that curl sends where none is asked for with 415 that says what to send', async () => {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const answer = await send('POST', users, JSON.stringify(JOHN), headers);
      expect(answer.status).toBe(415);
      expect(answer.text).toContain('application/json');
    });

    test('GET of a user with 200, and of none with 404', async () => {
      expect(await send('GET', `${users}/john`)).toMatchObject({ status: 200, json: JOHN });
      expect((await send('GET', `${users}/nobody`)).status).toBe(404);
    });

    test('PUT of a user with 200, and of none with 404', async () => {
      const changed = await send('PUT', `${users}/john`, '{"email":"john.doe@example.com"}');
      expect(changed, changed.text).toMatchObject({
        status: 200,
        json: { username: 'john', email: 'john.doe@example.com' },
      });
      expect((await send('PUT', `${users}/nobody`, '{"email":"nobody@example.com"}')).status).toBe(404);
    });

    test('GET /users page by page, every user once', async () => {
      for (const name of ['ann', 'bob', 'cay', 'dan']) {
        expect(
          (await send('POST', users, JSON.stringify({ username: name, email: `${name}@example.com` }))).status,
        ).toBe(201);
      }
      const seen: string[] = [];
      let next: string | undefined;
      do {
        const page = await send('GET', `${users}?limit=2${next ? `&next=${encodeURIComponent(next)}` : ''}`);
        expect(page.status).toBe(200);
        expect(page.json.items.length).toBeLessThanOrEqual(2);
        seen.push(...page.json.items.map((user: { username: string }) => user.username));
        next = page.json.next;
      } while (next);
      expect(seen.sort()).toEqual(['ann', 'bob', 'cay', 'dan', 'john']);
    });

    test('a tampered page token and a limit out of range with 422', async () => {
      const { next } = (await send('GET', `${users}?limit=2`)).json;
      const middle = Math.floor(next.length / 2);
      const tampered = next.slice(0, middle) + (next[middle] === 'A' ? 'B' : 'A') + next.slice(middle + 1);
      expect((await send('GET', `${users}?limit=2&next=${encodeURIComponent(tampered)}`)).status).toBe(422);
      for (const limit of ['0', '101', 'ten']) expect((await send('GET', `${users}?limit=${limit}`)).status).toBe(422);
    });

    test('PATCH with 405 and what is allowed', async () => {
      const answer = await send('PATCH', `${users}/john`, '{}');
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')?.split(/, */).sort()).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PUT']);
    });

    test("an unknown path with the gateway's own 403", async () => {
      const answer = await send('GET', `${outputs.EndpointURL}nope`);
      expect(answer).toMatchObject({ status: 403, json: { message: 'Missing Authentication Token' } });
    });
  });

  test('the items are really in the table, as the SDK sees it', async () => {
    const { Items } = await new DynamoDBClient(await project.clientConfig()).send(
      new ScanCommand({ TableName: outputs.UsersTableName }),
    );
    expect(Items?.map((item) => item.username?.S).sort()).toEqual(['ann', 'bob', 'cay', 'dan', 'john']);
  });

  test('a client that goblet client wrote compiles, and calls the running service', async () => {
    expect((await project.goblet(['client', 'client.ts'], project.webApi)).exitCode).toBe(0);
    const sample = `import { createWebApiClient } from './client.js';
const client = createWebApiClient(process.argv[2] ?? '');
const { data } = await client.GET('/users/{username}', { params: { path: { username: 'john' } } });
const email: string | undefined = data?.email;
const refused = await client.POST('/users', { body: { username: 'john', email: 'john@example.com' } });
const title: 'The user exists' | undefined = refused.error?.code === 'USER_EXISTS' ? refused.error.title : undefined;
// @ts-expect-error the route has no such code
refused.error?.code === 'USER_EXIST';
// @ts-expect-error there is no such path
client.GET('/user', {});
console.log(email, refused.response.status, title);
`;
    writeFileSync(join(project.webApi, 'sample.ts'), sample);
    const tsc = join(root, 'node_modules', 'typescript-7.0', 'bin', 'tsc');
    const flags = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--types',
      'node',
    ];
    const options = { cwd: project.webApi, env: plainEnvironment };
    const compiled = await run(process.execPath, [tsc, '--ignoreConfig', ...flags, 'sample.ts'], options);
    expect(compiled.output).toBe('');
    const ran = await run(process.execPath, ['--import', 'tsx', 'sample.ts', outputs.EndpointURL], options);
    expect(ran.output).toContain('john.doe@example.com 409 The user exists');
    for (const file of ['client.ts', 'sample.ts']) rmSync(join(project.webApi, file));
  });

  test('DELETE answers 204 always, and GET 404 after it', async () => {
    expect((await send('DELETE', `${users}/ann`)).status).toBe(204);
    expect((await send('DELETE', `${users}/ann`)).status).toBe(204);
    expect((await send('GET', `${users}/ann`)).status).toBe(404);
  });

  test('a second deploy finds no changes', async () => {
    const { output } = await project.deploy('WebApiDev', '--app', 'cdk.out');
    expect(output).toContain('(no changes)');
  });

  test.runIf(TARGET === 'local')(
    'goblet local serves the same routes from source on the deployed table, and takes an edit',
    async () => {
      await using local = RunningProcess.start(process.execPath, [GOBLET, 'local', '--port', '0'], {
        cwd: project.webApi,
        env: { ...plainEnvironment, DYNAMODB_TABLE_NAME: outputs.UsersTableName },
      });
      const [, base] = await local.printed(/serving on (http:\S+)/);
      expect(local.output.split('\n')[0]).toContain(`the local cloud on http://127.0.0.1:${project.port}`);
      expect(await send('GET', `${base}/users/john`)).toMatchObject({ status: 200, json: { username: 'john' } });
      expect(
        (await send('POST', `${base}/users`, JSON.stringify({ username: 'eve', email: 'eve@example.com' }))).status,
      ).toBe(201);
      expect((await send('GET', `${base}/nope`)).json).toEqual({ message: 'Missing Authentication Token' });
      const { Item } = await new DynamoDBClient(await project.clientConfig()).send(
        new GetItemCommand({ TableName: outputs.UsersTableName, Key: { username: { S: 'eve' } } }),
      );
      expect(Item?.email?.S).toBe('eve@example.com');
      const before = project.read('web-api/app.ts');
      project.append('web-api/app.ts', `app.get('/edited', () => ({ edited: true }));`);
      await local.printed(/reloaded/i);
      expect(await send('GET', `${base}/edited`)).toMatchObject({ status: 200, json: { edited: true } });
      project.edit('web-api/app.ts', project.read('web-api/app.ts'), before);
    },
  );

  test('cdk diff shows an added route, and deploying it makes it and an edit of another answer', async () => {
    project.edit('web-api/app.ts', 'The user exists', 'That user is here already');
    project.append('web-api/app.ts', `app.get('/version', () => ({ version: 2 }));`);
    const { exitCode, output } = await project.cdk('diff', 'WebApiDev');
    expect(exitCode, output).toBe(0);
    expect(output).toContain('/version');
    await project.deploy('WebApiDev');
    expect(await send('GET', `${outputs.EndpointURL}version`)).toMatchObject({ status: 200, json: { version: 2 } });
    expect((await send('POST', users, JSON.stringify(JOHN))).json.title).toBe('That user is here already');
  });

  test('cdk deploy --hotswap swaps the code', async () => {
    project.edit('web-api/app.ts', 'version: 2', 'version: 3');
    const { output } = await project.deploy('WebApiDev', '--hotswap');
    expect(output).toMatch(/hotswapped/i);
    expect((await send('GET', `${outputs.EndpointURL}version`)).json).toEqual({ version: 3 });
  });

  test("without dynamodb:PutItem the function is denied in AWS's words, the client sees nothing of it, and the terminal says what is missing", async () => {
    const stack = project.read('infra/web-api.ts');
    project.edit('infra/web-api.ts', /\s*'dynamodb:PutItem',/, '');
    await project.deploy('WebApiDev');
    const answer = await send('POST', users, JSON.stringify({ username: 'fay', email: 'fay@example.com' }));
    expect(answer.status).toBe(500);
    expect(answer.text).not.toMatch(/dynamodb|AccessDenied|arn:|role/i);
    expect((await send('GET', `${users}/john`)).status).toBe(200);
    if (TARGET === 'local') {
      await project.cloud.printed(/access denied\s+dynamodb:PutItem/);
      const { output } = project.cloud;
      const denial = output.slice(output.search(/access denied\s+dynamodb:PutItem/));
      expect(denial).toContain(`table/${outputs.UsersTableName}`);
      expect(denial).toMatch(/role \S*APIHandlerRole/);
      expect(denial).toContain('"dynamodb:PutItem"');
      // What the function itself saw, in its log.
      await project.cloud.printed(
        /is not authorized to perform: dynamodb:PutItem on resource: .+ because no identity-based policy allows the dynamodb:PutItem action/,
      );
    }
    // The next deployment from the sources gives the permission back.
    project.edit('infra/web-api.ts', project.read('infra/web-api.ts'), stack);
  });

  test.runIf(TARGET === 'local')('after a stop and a start, stacks, items and the API are as they were', async () => {
    const { port } = project;
    project.cloud.signal('SIGINT');
    expect(await project.cloud.exited()).toBe(0);
    expect(project.cloud.groupIsAlive()).toBe(false);
    await project.startCloud(port);
    expect((await send('GET', `${users}/john`)).json).toEqual({ username: 'john', email: 'john.doe@example.com' });
    const { output } = await project.deploy('WebApiDev', '--app', 'cdk.out');
    expect(output).toContain('(no changes)');
  });

  test.runIf(TARGET === 'local')(
    'cdk deploy --all puts the three stacks side by side in their accounts and regions',
    async () => {
      const { exitCode, output } = await project.cdk('deploy', '--all', '--require-approval', 'never');
      expect(exitCode, output).toBe(0);
      const places = [
        ['WebApiDev', '000000000000', 'us-east-1'],
        ['WebApiProdEuWest1', '123456789012', 'eu-west-1'],
        ['WebApiProdUsEast1', '123456789012', 'us-east-1'],
      ] as const;
      const urls: string[] = [];
      for (const [stack, account, region] of places) {
        const cloudFormation = new CloudFormationClient(await project.clientConfig(account, region));
        const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stack }));
        expect(Stacks?.[0]?.StackStatus).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
        urls.push(Stacks?.[0]?.Outputs?.find((output) => output.OutputKey === 'EndpointURL')?.OutputValue ?? '');
      }
      expect(new Set(urls).size).toBe(3);
      expect((await send('POST', `${urls[1]}users`, JSON.stringify(JOHN))).status).toBe(201);
      expect((await send('GET', `${urls[2]}users/john`)).status).toBe(404);
      expect((await send('GET', `${urls[0]}users/john`)).status).toBe(200);
    },
  );

  test.runIf(TARGET === 'local')('after kill -9 and a start, stacks, items and the API are as they were', async () => {
    const { port } = project;
    expect((await send('POST', users, JSON.stringify({ username: 'gus', email: 'gus@example.com' }))).status).toBe(201);
    project.cloud.signal('SIGKILL');
    await project.cloud.exited();
    await project.startCloud(port);
    expect((await send('GET', `${users}/gus`)).status).toBe(200);
  });

  test('cdk destroy WebApiDev leaves nothing of the stack behind, log group included', async () => {
    const { exitCode, output } = await project.cdk('destroy', 'WebApiDev', '--force');
    expect(exitCode, output).toBe(0);
    const config = await project.clientConfig();
    await expect(
      new CloudFormationClient(config).send(new DescribeStacksCommand({ StackName: 'WebApiDev' })),
    ).rejects.toThrow(/does not exist/);
    const { TableNames } = await new DynamoDBClient(config).send(new ListTablesCommand({}));
    const { Functions } = await new LambdaClient(config).send(new ListFunctionsCommand({}));
    const { Roles } = await new IAMClient(config).send(new ListRolesCommand({}));
    const { logGroups } = await new CloudWatchLogsClient(config).send(new DescribeLogGroupsCommand({}));
    const left = [
      ...(TableNames ?? []),
      ...(Functions ?? []).map(({ FunctionName }) => FunctionName),
      ...(Roles ?? []).map(({ RoleName }) => RoleName),
      ...(logGroups ?? []).map(({ logGroupName }) => logGroupName),
    ].filter((name) => name?.includes('WebApiDev'));
    expect(left).toEqual([]);
    if (TARGET === 'local') expect((await send('GET', `${users}/john`)).status).toBe(403);
  });
});
