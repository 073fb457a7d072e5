import type { RowMaker } from '../../core/access.js';
import type { CloudContext } from '../../core/cloud.js';
import { bindOperations, type Call } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { restJsonProtocol } from '../../gateway/rest-json-protocol.js';

export interface LambdaCall {
  readonly functionName: string;
  readonly event: Record<string, unknown>;
  readonly call: Call;
}

/**
 * A Lambda service of functions in this process, for tests of what invokes them. A function may be invoked by whom its
 * resource policy lets in: every API Gateway method whose ARN begins with what `allow` gives for its name.
 */
export function lambdaOf(
  functions: Readonly<Record<string, (event: Record<string, unknown>) => unknown>>,
  calls: LambdaCall[] = [],
  allow: (functionName: string) => string = () => 'arn:aws:execute-api:eu-west-1:000000000000:',
): (context: CloudContext) => Service {
  return () => {
    const operations = bindOperations({}, [
      {
        name: 'Invoke',
        http: { method: 'POST', path: '/2015-03-31/functions/{FunctionName}/invocations', payload: 'Payload' },
        parse: (raw: unknown) => raw as { FunctionName: string; Payload: Uint8Array },
        access: (row: RowMaker<object, { FunctionName: string }>) => [
          row({
            action: 'lambda:InvokeFunction',
            on: ({ FunctionName }) => ({
              resource: FunctionName,
              resourcePolicy: async () =>
                JSON.stringify({
                  Version: '2012-10-17',
                  Statement: [
                    {
                      Effect: 'Allow',
                      Principal: { Service: 'apigateway.amazonaws.com' },
                      Action: 'lambda:InvokeFunction',
                      Resource: FunctionName,
                      Condition: { ArnLike: { 'AWS:SourceArn': `${allow(nameOf(FunctionName))}*` } },
                    },
                  ],
                }),
            }),
          }),
        ],
        handle: async ({ FunctionName, Payload }: { FunctionName: string; Payload: Uint8Array }, call: Call) => {
          const event: Record<string, unknown> = JSON.parse(Buffer.from(Payload).toString());
          const functionName = nameOf(FunctionName);
          calls.push({ functionName, event, call });
          const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
          try {
            return { StatusCode: 200, Payload: encode(await functions[functionName]?.(event)) };
          } catch (error) {
            const errorMessage = error instanceof Error ? error.message : String(error);
            return { StatusCode: 200, FunctionError: 'Unhandled', Payload: encode({ errorMessage }) };
          }
        },
      },
    ]);
    return {
      name: 'lambda',
      signingNames: ['lambda'],
      protocol: restJsonProtocol(operations),
      operations,
      resourceTypes: [],
    };
  };
}

function nameOf(arn: string): string {
  return arn.split(':')[6] ?? arn;
}

/** The invocation URI of a function of account 000000000000 in eu-west-1. */
export function functionUri(name: string): string {
  return `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:${name}/invocations`;
}

/** A definition whose operations each invoke a function, by `GET /users`. */
export function definitionOf(operations: Readonly<Record<string, string>>, more: object = {}): Uint8Array {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [operation, name] of Object.entries(operations)) {
    const [method = '', path = ''] = operation.split(' ');
    paths[path] ??= {};
    const item = paths[path];
    item[method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase()] = {
      responses: {},
      'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: functionUri(name) },
    };
  }
  return new TextEncoder().encode(
    JSON.stringify({ openapi: '3.0.1', info: { title: 'web-api', version: '1.0' }, paths, ...more }),
  );
}
