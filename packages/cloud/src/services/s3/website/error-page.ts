import { STATUS_CODES } from 'node:http';
import type { AwsError } from '../../../core/aws-error.js';
import { escapeXml } from '../../../gateway/xml.js';

type Facts = readonly (readonly [name: string, value: unknown])[];

const factsOf = ({ code, message, fields }: AwsError): Facts => [
  ['Code', code],
  ['Message', message],
  ...Object.entries(fields ?? {}),
];

const list = (facts: Facts): string =>
  `<ul>\n${facts.map(([name, value]) => `<li>${name}: ${escapeXml(String(value))}</li>\n`).join('')}</ul>\n`;

/**
 * The page that a website shows where it has none of its own.
 *
 * @param custom the error of reading the website's own error document
 */
export function errorPage(error: AwsError, ids: Facts, custom?: AwsError): string {
  const title = `${error.status} ${STATUS_CODES[error.status] ?? ''}`;
  const failed = custom
    ? `<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n${list(factsOf(custom))}`
    : '';
  return `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n${list([...factsOf(error), ...ids])}${failed}<hr/>\n</body>\n</html>\n`;
}
