import type { Front } from '../../../core/front.js';
import type { HttpResponse } from '../../../core/http.js';
import { parseJson } from '../../../core/json.js';
import { partitionOf } from '../../../core/partition.js';
import { randomId } from '../../../core/random-id.js';

/** The response of a provider to the response URL ("Custom resource response objects" of the CloudFormation user guide). */
export interface ProviderResponse {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly reason?: string;
  readonly physicalId?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Where responses arrive: functions that send them to AWS's host are led here by the runtime. */
export const RESPONSE_PATH = '/_cloudformation/responses/';

/** Bytes: far more than the 4,096 that AWS takes. */
const LARGEST_RESPONSE = 64 * 1024;

interface Expected {
  readonly token: string;
  /** Of AWS's own form: providers take it apart, and send over HTTPS whatever it says. */
  readonly url: string;
  /** Undefined where nothing came in time. */
  readonly response: Promise<ProviderResponse | undefined>;
  readonly forget: () => void;
}

/** The responses of providers that are waited for. A URL is of use once; who has it may answer. */
export class ProviderResponses {
  readonly #waiting = new Map<string, (response: ProviderResponse) => void>();

  /** @param timeout milliseconds */
  expect(region: string, timeout: number): Expected {
    const token = randomId.uuid();
    const forget = (): void => {
      this.#waiting.delete(token);
    };
    const response = new Promise<ProviderResponse | undefined>((resolve) => {
      const timer = setTimeout(() => {
        forget();
        resolve(undefined);
      }, timeout);
      timer.unref();
      this.#waiting.set(token, (given) => {
        clearTimeout(timer);
        forget();
        resolve(given);
      });
    });
    const host = `cloudformation-custom-resource-response-${region.replaceAll('-', '')}.s3.${partitionOf(region).urlSuffix}`;
    return { token, url: `https://${host}/${token}`, response, forget };
  }

  readonly front: Front = {
    maxBody: LARGEST_RESPONSE,
    matches: ({ path }) => path.startsWith(RESPONSE_PATH),
    handle: async ({ method, path, body }) => {
      const resolve = this.#waiting.get(path.slice(RESPONSE_PATH.length));
      if (method !== 'PUT') return answer(405, 'MethodNotAllowed');
      if (!resolve) return answer(403, 'AccessDenied');
      resolve(parseResponse(Buffer.from(body).toString()));
      return answer(200, '');
    },
  };
}

function answer(status: number, code: string): HttpResponse {
  return {
    status,
    headers: [['content-type', 'application/xml']],
    body: code && `<Error><Code>${code}</Code></Error>`,
  };
}

function parseResponse(text: string): ProviderResponse {
  let response: unknown;
  try {
    response = parseJson(text);
  } catch {
    return { status: 'FAILED', reason: `Invalid response: ${text.slice(0, 200)}`, data: {} };
  }
  const member = (name: string): unknown =>
    typeof response === 'object' && response !== null ? Reflect.get(response, name) : undefined;
  const data = member('Data');
  const reason = member('Reason');
  const physicalId = member('PhysicalResourceId');
  return {
    status: member('Status') === 'SUCCESS' ? 'SUCCESS' : 'FAILED',
    ...(typeof reason === 'string' && { reason }),
    ...(typeof physicalId === 'string' && physicalId !== '' && { physicalId }),
    data:
      typeof data === 'object' && data !== null && !Array.isArray(data) ? Object.fromEntries(Object.entries(data)) : {},
  };
}
