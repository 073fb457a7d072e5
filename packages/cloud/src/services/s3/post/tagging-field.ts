import { malformedXml, readXml } from '../../../gateway/read-xml.js';
import { serviceModel, structureOf } from '../../../model/service-model.js';
import { createReaders } from '../../../model/value-reader.js';
import { xmlFormat } from '../../../model/xml-format.js';

/** The tags of a form: XML as PutObjectTagging has it. @throws AwsError MalformedXML */
export function readTagSet(text: string): Record<string, string> {
  const model = serviceModel('s3');
  const { members = {} } = structureOf(model, model.operations.PutObjectTagging?.input ?? 'unit') ?? {};
  const { Tagging: member } = members;
  if (member === undefined) throw malformedXml();
  const read: unknown = createReaders(model, xmlFormat)(member)(readXml(Buffer.from(text)), 'Tagging');
  const { TagSet } = Object(read);
  if (!Array.isArray(TagSet)) throw malformedXml();
  return Object.fromEntries(
    TagSet.map(({ Key, Value }) => {
      if (typeof Key !== 'string' || typeof Value !== 'string') throw malformedXml();
      return [Key, Value];
    }),
  );
}
