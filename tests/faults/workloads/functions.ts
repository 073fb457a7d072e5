import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect } from 'vitest';
import type { Workload } from '../workload.js';

/** Processes that have this text in their environment, as those of a function have its variables. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(text);
      } catch {
        // It has ended in between.
        return false;
      }
    })
    .map(Number);
}

const CODE = `exports.handler = async ({ spin, number }) => {
  for (const end = Date.now() + spin; Date.now() < end; );
  return number;
};`;

function template(mark: string): string {
  return JSON.stringify({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
        },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'spins',
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Code: { ZipFile: CODE },
          Timeout: 30,
          Environment: { Variables: { MARK: mark } },
        },
      },
    },
  });
}

/** Invocations of a function that spins; its processes are counted where the system shows them. */
export function functions(): Workload {
  const mark = randomUUID();
  let number = 0;
  return {
    name: 'functions',
    prepare: async (target) => {
      await new CloudFormationClient(target).send(
        new CreateStackCommand({
          StackName: 'functions',
          TemplateBody: template(mark),
          Capabilities: ['CAPABILITY_IAM'],
        }),
      );
    },
    work: async (target, acknowledged) => {
      const client = new LambdaClient(target);
      const invoke = async (spin: number) => {
        const sent = ++number;
        const Payload = JSON.stringify({ spin, number: sent });
        const { Payload: answer } = await client.send(new InvokeCommand({ FunctionName: 'spins', Payload }));
        expect(Buffer.from(answer ?? []).toString()).toBe(String(sent));
        acknowledged();
      };
      await Promise.all([invoke(400), invoke(20)]);
    },
    verify: async () => {
      if (process.platform !== 'linux') return;
      await expect.poll(() => processesWith(`MARK=${mark}`), { timeout: 10_000 }).toEqual([]);
    },
  };
}
