import { DOCUMENT_BUDGET } from '../../../core/document-budget.js';
import { JsonOverBudget, parseJson } from '../../../core/json.js';
import { readYaml, YamlAliasError, YamlError } from '../../../core/yaml.js';
import { type Json, mapOf } from './json.js';
import { validationError } from './template-error.js';

/** CloudFormation's limit on a template that is passed by URL, in bytes. */
const LARGEST_TEMPLATE = 1024 * 1024;

/**
 * The JSON value of a template's text, JSON or YAML; YAML's short forms (`!Sub`) become the long ones.
 * @throws AwsError ValidationError where the text is neither, or has aliases, which CloudFormation does not take
 */
export function parseTemplateText(text: string): Json {
  if (Buffer.byteLength(text) > LARGEST_TEMPLATE) {
    throw validationError(`Template may not exceed ${LARGEST_TEMPLATE} bytes in size.`);
  }
  return text.trimStart().startsWith('{') ? readJson(text) : readTemplate(text);
}

function readJson(text: string): Json {
  try {
    return parseJson(text, DOCUMENT_BUDGET) as Json;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (error instanceof JsonOverBudget) throw validationError(`Template format error: ${message}.`);
    try {
      // Flow mappings of YAML look like JSON at the start and are accepted too.
      return readYaml(text, { aliases: 'refuse', tagged }) as Json;
    } catch {
      throw validationError(`Template format error: JSON not well-formed. ${message}`.trim());
    }
  }
}

function readTemplate(text: string): Json {
  try {
    return readYaml(text, { aliases: 'refuse', tagged }) as Json;
  } catch (error) {
    if (error instanceof YamlAliasError) {
      throw validationError('Template error: YAML aliases are not allowed in CloudFormation templates');
    }
    if (!(error instanceof YamlError)) throw error;
    const { place, message } = error;
    throw validationError(
      place
        ? `Template format error: YAML not well-formed. (line ${place.line}, column ${place.column})`
        : `Template format error: ${message}`,
    );
  }
}

/** `!Sub x` is `{ "Fn::Sub": "x" }`; `!Ref` and `!Condition` have no `Fn::`; `!GetAtt a.b` is a list. */
function tagged(tag: string, read: unknown): Json {
  const name = tag.slice(1);
  const value = read as Json;
  if (name === 'Ref' || name === 'Condition') return mapOf([[name, value]]);
  if (name === 'GetAtt' && typeof value === 'string') {
    const dot = value.indexOf('.');
    return mapOf([['Fn::GetAtt', dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)]]]);
  }
  return mapOf([[`Fn::${name}`, value]]);
}
