/** `Application/JSON; charset=utf-8` gives `application/json`. */
export function mediaType(header: string): string {
  const end = header.indexOf(';');
  return (end < 0 ? header : header.slice(0, end)).trim().toLowerCase();
}

/** JSON, or a type built on it, as `application/merge-patch+json` is (RFC 6839). */
export function isJson(type: string): boolean {
  return type === 'application/json' || type.endsWith('+json');
}
