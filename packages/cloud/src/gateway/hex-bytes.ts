/** The bytes of a text as S3's errors show them: `47 45 54` */
export function hexBytes(text: string): string {
  return (Buffer.from(text).toString('hex').match(/../g) ?? []).join(' ');
}
