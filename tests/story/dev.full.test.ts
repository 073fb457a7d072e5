import { describe, expect, test } from 'vitest';
import { GOBLET, plainEnvironment } from '../processes/commands.js';
import { RunningProcess } from '../processes/running-process.js';
import { Project } from './project.js';
import { body, Session } from './session.js';
import { send } from './users-client.js';

describe('goblet dev', () => {
  test('deploys what changes in the CDK project; what synth or IAM refuses is shown, and what was there goes on', async () => {
    await using session = new Session('cdk');
    const url = await session.url();
    await session.edit('infra/web-api.ts', /DYNAMODB_TABLE_NAME:/, 'DYNAMODB_TABLE:', /not deployed/);
    expect(session.dev.output).toMatch(/GOBLET_CDK_\w+.*DYNAMODB_TABLE/);
    expect((await send('GET', `${url}users/ann`)).status).toBe(404);
    await session.edit('infra/web-api.ts', /DYNAMODB_TABLE:/, 'DYNAMODB_TABLE_NAME:', /deployed in/);
    const grants = /[^\n]*grants?\.?\w*\([^\n]*\n/;
    await session.edit('infra/web-api.ts', grants, '\n', /deployed in/);
    expect((await send('GET', `${url}users/ann`)).status).toBe(500);
    await session.dev.printed(/access denied {2}dynamodb:\w+[\s\S]*allow +\{"Effect":"Allow"/);
  });

  test('gives functions their code again that they lost behind its back, and tells programs by JSON lines', async () => {
    await using project = new Project('dev-json');
    const cloud = await project.startCloud();
    const dev = () =>
      RunningProcess.start(process.execPath, [GOBLET, 'dev', 'WebApiDev', '--json'], {
        cwd: project.infra,
        env: plainEnvironment,
      });
    const first = dev();
    await first.printed(/"kind":"watching"/);
    project.edit('web-api/app.ts', 'new NotFound(params.username)', "new NotFound('edited')");
    await first.printed(/"kind":"updated"/);
    first.signal('SIGINT');
    expect(await first.exited()).toBe(0);
    const events: { kind: string; urls?: Record<string, string> }[] = first.standardOutput
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(new Set(events.map(({ kind }) => kind))).toEqual(
      new Set(['usingCloud', 'deploying', 'cdk', 'deployed', 'watching', 'updated']),
    );
    const url = events.find(({ kind }) => kind === 'deployed')?.urls?.['WebApiDev.EndpointURL'];
    expect(await body(`${url}users/ann`)).toContain('edited');

    // CloudFormation knows of the first code alone, and has nothing to change.
    project.edit('web-api/app.ts', "new NotFound('edited')", 'new NotFound(params.username)');
    const second = dev();
    await second.printed(/"kind":"watching"/);
    expect(second.output).toContain('no changes');
    expect(await body(`${url}users/ann`)).not.toContain('edited');
    second.signal('SIGINT');
    await second.exited();
    expect(cloud.groupIsAlive()).toBe(true);
  });
});
