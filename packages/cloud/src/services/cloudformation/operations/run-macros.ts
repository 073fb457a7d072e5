import { AwsError } from '../../../core/aws-error.js';
import { parseJson } from '../../../core/json.js';
import type { Call } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { MacroStore } from '../stack/macro-store.js';
import { type Evaluation, evaluate } from '../template/evaluate.js';
import { isMap, type Json, type JsonMap, own, textOf } from '../template/json.js';
import { expandLanguageExtensions, LANGUAGE_EXTENSIONS } from '../template/language-extensions.js';
import { parseTemplateText } from '../template/parse-text.js';
import { evaluationOf } from '../template/process-template.js';
import { INCLUDE, runTransforms, type Transform, TransformFailure } from '../template/transforms.js';
import { readFromS3 } from './read-from-s3.js';
import type { CloudFormationState } from './state.js';

/** The values that macros see. */
export interface MacroValues {
  /** Of parameters and pseudo parameters, for the parameters of macros. */
  readonly all: ReadonlyMap<string, Json>;
  /** Those of parameters alone, which the functions of macros are sent. */
  readonly parameters: JsonMap;
}

/**
 * The template as its macros leave it. Functions of macros are invoked, and S3 objects read, with the caller's permissions.
 * @throws TransformFailure
 */
export function runMacros(
  root: JsonMap,
  values: MacroValues,
  call: Call,
  state: CloudFormationState,
): Promise<JsonMap> {
  const evaluation = evaluationOf(root, values.all);
  return runTransforms(root, async (transform, fragment) => {
    if (transform.name === LANGUAGE_EXTENSIONS) {
      return isMap(fragment) ? expandLanguageExtensions(fragment, evaluationOf(fragment, values.all)) : fragment;
    }
    const parameters = parametersOf(transform, evaluation);
    if (transform.name === INCLUDE) return include(parameters, fragment, call, state);
    return runMacro(transform.name, parameters, fragment, values, call, state);
  });
}

function parametersOf({ parameters }: Transform, evaluation: Evaluation): JsonMap {
  const evaluated = evaluate(parameters, evaluation);
  return isMap(evaluated ?? null) ? (evaluated as JsonMap) : {};
}

/** The content of the S3 object, beside what stands where it is included. */
async function include(parameters: JsonMap, fragment: Json, call: Call, state: CloudFormationState): Promise<Json> {
  const location = textOf(own(parameters, 'Location') ?? '');
  const failed = (reason: string) => new TransformFailure(`Transform ${INCLUDE} failed with: ${reason}`);
  if (!/^s3:\/\/./i.test(location)) throw failed('The location parameter is not a valid S3 uri.');
  let content: Json;
  try {
    content = parseTemplateText(await readFromS3(location, call, state));
  } catch (error) {
    throw error instanceof AwsError ? failed(error.message) : error;
  }
  if (!isMap(content)) throw failed("The specified S3 object's content should be valid Yaml/JSON");
  return isMap(fragment) ? { ...fragment, ...content } : content;
}

async function runMacro(
  name: string,
  params: JsonMap,
  fragment: Json,
  { parameters }: MacroValues,
  call: Call,
  state: CloudFormationState,
): Promise<Json> {
  const transformId = `${call.account}::${name}`;
  const macro = await new MacroStore(state.cloud.store).find(name, call);
  if (!macro) throw new TransformFailure(`No transform named ${transformId} found.`);
  const requestId = randomId.uuid();
  const event = {
    region: call.region,
    accountId: call.account,
    fragment,
    transformId,
    params,
    requestId,
    templateParameterValues: parameters,
  };
  const input = { FunctionName: macro.functionName, Payload: Buffer.from(JSON.stringify(event)) };
  const answer = await state.cloud
    .dispatch('lambda', 'Invoke', input, { ...call, calledVia: ['cloudformation.amazonaws.com'] })
    .catch((error: unknown) => {
      if (!(error instanceof AwsError)) throw error;
      throw new TransformFailure(`Transform ${transformId} failed with: ${error.message}`);
    });
  const response = answer.FunctionError === undefined ? readResponse(answer.Payload) : undefined;
  if (!response || response.requestId !== requestId) {
    throw new TransformFailure(`Received malformed response from transform ${transformId}`);
  }
  if (textOf(response.status ?? '').toLowerCase() === 'success') return response.fragment ?? null;
  throw new TransformFailure(
    response.errorMessage === undefined
      ? `Transform ${transformId} failed without an error message.`
      : `Transform ${transformId} failed with: ${textOf(response.errorMessage)}`,
  );
}

function readResponse(payload: Uint8Array | undefined): JsonMap | undefined {
  try {
    const response = parseJson(Buffer.from(payload ?? []).toString()) as Json;
    return isMap(response) ? response : undefined;
  } catch {
    return undefined;
  }
}
