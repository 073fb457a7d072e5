export type SubPart =
  | { readonly kind: 'text'; readonly text: string }
  /** A name between `${` and `}`: a parameter, a logical id, or `LogicalId.Attribute`. */
  | { readonly kind: 'variable'; readonly name: string };

/** Cuts the string of an `Fn::Sub` into text and variables. `${!Literal}` is the text `${Literal}`. */
export function parseSub(template: string): readonly SubPart[] {
  const parts: SubPart[] = [];
  let end = 0;
  for (const match of template.matchAll(/\$\{([^}]*)\}/g)) {
    if (match.index > end) parts.push({ kind: 'text', text: template.slice(end, match.index) });
    const inner = match[1] ?? '';
    parts.push(
      inner.startsWith('!')
        ? { kind: 'text', text: `\${${inner.slice(1)}}` }
        : { kind: 'variable', name: inner.trim() },
    );
    end = match.index + match[0].length;
  }
  if (end < template.length) parts.push({ kind: 'text', text: template.slice(end) });
  return parts;
}
