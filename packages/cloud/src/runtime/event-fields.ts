import type { Invocation } from './invocation.js';

/**
 * The header fields of an event as the Runtime API sends it ("Using the Lambda runtime API").
 * @param deadline epoch milliseconds
 */
export function eventFields({ requestId, invokedArn, traceId, clientContext }: Invocation, deadline: number): string {
  const context = clientContext === undefined ? '' : `Lambda-Runtime-Client-Context: ${asciiJson(clientContext)}\r\n`;
  return (
    `Lambda-Runtime-Aws-Request-Id: ${requestId}\r\nLambda-Runtime-Deadline-Ms: ${deadline}\r\n` +
    `Lambda-Runtime-Invoked-Function-Arn: ${invokedArn}\r\nLambda-Runtime-Trace-Id: ${traceId}\r\n${context}`
  );
}

/** JSON in the characters that a header may hold. */
function asciiJson(json: string): string {
  return json
    .replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[\r\n]/g, ' ');
}
