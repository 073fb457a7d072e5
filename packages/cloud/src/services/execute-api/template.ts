/** Looks a variable of a template up: `context.requestId`, `stageVariables.name`. Undefined where it has no value. */
export type Variables = (name: string) => unknown;

/** A template that only fills in variables; what it answers depends on nothing else. */
export type Template = (variables: Variables) => string;

const NAME = '(?:context|stageVariables)(?:\\.[A-Za-z0-9_-]+)+';
const VARIABLE = new RegExp(`\\$(?:\\{(${NAME})\\}|(${NAME}))`, 'g');
const VELOCITY =
  /#(?:set|if|elseif|foreach|macro|include|parse)\s*\(|#(?:else|end|stop|break)\b|\$!?\{?(?:input|util)\b/;

/**
 * The first part of a template other than text and `$context` variables, such as `#set` or `$input`; undefined if there
 * is none.
 */
export function velocityIn(text: string): string | undefined {
  return VELOCITY.exec(text)?.[0].trim();
}

/** Compiles a template of text and variables. Unknown variables are empty, as in API Gateway. */
export function compileTemplate(text: string): Template {
  const parts: (string | { readonly name: string })[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    parts.push(text.slice(end, match.index), { name: match[1] ?? match[2] ?? '' });
    end = match.index + match[0].length;
  }
  if (parts.length === 0) return () => text;
  parts.push(text.slice(end));
  return (variables) => {
    let result = '';
    for (const part of parts) result += typeof part === 'string' ? part : String(variables(part.name) ?? '');
    return result;
  };
}

/**
 * Chooses the entry for a media type as API Gateway does: the exact one, else `$default`.
 * @param contentType a header's value; `application/json` if there is none
 */
export function forMediaType<T>(
  templates: Readonly<Record<string, T>>,
  contentType: string | undefined,
): T | undefined {
  return templates[mediaType(contentType)] ?? templates.$default;
}

/** The media type alone, lower-case: `application/json` of `application/json; charset=utf-8`. */
export function mediaType(contentType: string | undefined): string {
  if (contentType === undefined || contentType === '') return 'application/json';
  const end = contentType.search(/[;,]/);
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase() || 'application/json';
}
