import { describe, expect, it } from 'vitest';
import { render } from './evaluate.js';
import { inputOf } from './input.js';
import { parseTemplate } from './parse.js';
import { TemplateError } from './syntax.js';
import { util } from './util.js';
import { fromJson, type Value } from './value.js';

const NO_PARAMETERS = { path: {}, querystring: {}, header: {} };

function rendered(template: string, body = '', variables: Readonly<Record<string, unknown>> = {}): string {
  const roots = new Map<string, Value>([
    ['input', inputOf(body, { ...NO_PARAMETERS, querystring: { limit: '5' }, header: { 'X-Id': 'h1' } })],
    ['util', util],
  ]);
  for (const [name, value] of Object.entries(variables)) roots.set(name, fromJson(value));
  return render(parseTemplate(template), roots);
}

describe('text and references', () => {
  it.each([
    ['$5, #fff and $', '$5, #fff and $'],
    ['$name and ${name}s, $!name, $!{name}', 'ann and anns, ann, ann'],
    ['[$nothing][$!nothing][$user.nothing.more]', '[][][]'],
    ['$user.name $user.get("name") $user["name"]', 'bob bob bob'],
    ['$list[0] $list.get(1) $list[-1]', 'a b b'],
    ['"$name"[x]', '"ann"[x]'],
    ['## gone\nx#* gone *#y #[[$name #if]]#', 'xy $name #if'],
    ['\\$name \\\\$name', '$name \\ann'],
  ])('renders %j', (template, expected) => {
    expect(rendered(template, '', { name: 'ann', user: { name: 'bob' }, list: ['a', 'b'] })).toBe(expected);
  });

  it('writes maps as Java does, and lists of JSON as JSON', () => {
    const show = (body: unknown) =>
      rendered('#set($result = $input.path("$.json"))$result', JSON.stringify({ json: body }));
    expect(show({ bigger: 'dict', to: 'test' })).toBe('{bigger=dict, to=test}');
    expect(show([{ foo: 'bar' }])).toBe('[{"foo":"bar"}]');
    expect(show({ foo: [{ nested: 'bar' }] })).toBe('{foo=[{"nested":"bar"}]}');
    expect(show([])).toBe('[]');
  });

  it('does not reach what JavaScript has', () => {
    const template =
      '$name.constructor$name.length$user.__proto__$user.constructor.name$list.constructor()$input.toString';
    expect(rendered(template, '', { name: 'ann', user: {}, list: [] })).toBe('');
  });
});

describe('directives', () => {
  it('chooses a branch', () => {
    const template = '#if($n > 2)many#elseif($n == 2)two#{else}few#end';
    expect([1, 2, 3].map((n) => rendered(template, '', { n }))).toEqual(['few', 'two', 'many']);
  });

  it('loops over lists, maps and ranges, and knows where it is', () => {
    expect(rendered('#foreach($i in [1..3])$i:$foreach.index:$foreach.count#if($foreach.hasNext),#end#end')).toBe(
      '1:0:1,2:1:2,3:2:3',
    );
    const map = { a: 1, b: 2 };
    expect(rendered('#foreach($e in $map.entrySet())$e.key=$e.value;#end', '', { map })).toBe('a=1;b=2;');
    expect(rendered('#foreach($k in $map.keySet())$k#end#foreach($v in $map)$v#end', '', { map })).toBe('ab12');
  });

  it('ends a loop by #break and the template by #stop', () => {
    expect(rendered('#foreach($i in [1..5])#if($i == 3)#break#end$i#end|#stop|')).toBe('12|');
  });

  it('leaves nothing of the line of an assignment', () => {
    expect(rendered('{\n  #set($a = 1)\n  "a": $a\n}')).toBe('{\n  "a": 1\n}');
  });

  it('renders a defined block where it is named', () => {
    expect(rendered('#define($block)<$x>#end#set($x = 1)$block#set($x = 2)$block')).toBe('<1><2>');
  });

  it('takes 1000 rounds of a loop at most', () => {
    expect(rendered('#foreach($i in [1..5000])x#end')).toHaveLength(1000);
  });

  it.each(['#if($a)', '#foreach($a in', '#set($a =)', 'x #end', '#if(1 + )x#end', '#macro(a)x#end'])(
    'refuses %j',
    (template) => {
      expect(() => parseTemplate(template)).toThrow(TemplateError);
    },
  );
});

describe('expressions', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['7 / 2', '3'],
    ['7 % 4', '3'],
    ['7 / 0', ''],
    ['-$n + 1', '-3'],
    ['"n is $n"', 'n is 4'],
    ["'n is $n'", 'n is $n'],
    ["'it''s'", "it's"],
    ['"a" + 1', 'a1'],
    ['!true || $n == 4 && not false', 'true'],
    ['$n ge 4 and $n lt 5', 'true'],
    ['"1" == 1', 'true'],
    ['$nothing == ""', 'true'],
    ['$nothing != ""', 'false'],
    ['$nothing == $null', 'true'],
    ['[1, "b", $n]', '[1, b, 4]'],
    ['{"a": 1, "b": [2]}', '{a=1, b=[2]}'],
    ['[3..1]', '[3, 2, 1]'],
  ])('%s is %j', (expression, expected) => {
    expect(rendered(`#set($x = ${expression})$x`, '', { n: 4 })).toBe(expected);
  });
});

describe('methods', () => {
  it.each([
    ['"Hello"', 'length()', '5'],
    ['"Hello"', 'substring(1, 3)', 'el'],
    ['"Hello"', 'contains("ell")', 'true'],
    ['"a,b,,"', 'split(",").size()', '2'],
    ['"a.b"', 'split("\\.")[1]', 'b'],
    ['"a-b-c"', 'replaceAll("-", "+")', 'a+b+c'],
    ['"2024-01"', 'replaceAll("(\\d+)-(\\d+)", "$2/$1")', '01/2024'],
    ['"abc"', 'matches("a.c")', 'true'],
    ['" x "', 'trim().toUpperCase()', 'X'],
    ['"abc"', 'indexOf("c")', '2'],
    ['""', 'isEmpty()', 'true'],
    ['"a"', 'nothing()', ''],
    ['[1, 2]', 'size()', '2'],
    ['[1, 2]', 'contains(2)', 'true'],
    ['{"a": 1}', 'containsKey("a")', 'true'],
    ['{"a": 1}', 'keySet()', '[a]'],
    ['{"a": 1}', 'isEmpty()', 'false'],
  ])('of %s: %s is %j', (value, method, expected) => {
    expect(rendered(`#set($x = ${value})$x.${method}`)).toBe(expected);
  });

  it('changes maps and lists in their place', () => {
    expect(rendered('#set($m = {})$m.put("a", 1)#set($m.b = 2)#set($m["c"] = 3)$m')).toBe('{a=1, b=2, c=3}');
    expect(rendered('#set($l = [])#set($done = $l.add("a"))#set($l[0] = "b")$l')).toBe('[b]');
  });
});

describe('$input and $util', () => {
  const body = '{"id": 7, "name": "it\'s", "items": [{"n": 1}, {"n": 2}], "nothing": null}';

  it.each([
    ["$input.json('$.id')", '7'],
    ["$input.json('$.name')", '"it\'s"'],
    ["$input.json('$.items[1]')", '{"n":2}'],
    ["$input.json('$.missing')", '""'],
    ["$input.json('$..n')", '[1,2]'],
    ["$input.json('$.items[?(@.n > 1)].n')", '[2]'],
    ["$input.path('id')", '7'],
    ["$input.path('$.items').size()", '2'],
    ["$input.path('$.missing')$input.path('$.nothing')", ''],
    ["$input.params('limit')$input.params('x-id')$input.params('missing')", '5h1'],
    ['$input.params().querystring.limit', '5'],
    ["$util.escapeJavaScript($input.path('$.name'))", "it\\'s"],
    ['$util.urlEncode("a b&c")', 'a+b%26c'],
    ['$util.urlDecode("a+b%26c")', 'a b&c'],
    ['$util.base64Encode("hi")$util.base64Decode("aGk=")', 'aGk=hi'],
    ['$util.parseJson(\'{"a": [1]}\').a[0]', '1'],
  ])('%s is %j', (template, expected) => {
    expect(rendered(template, body)).toBe(expected);
  });

  it('takes an empty payload for an empty object, and text that is not JSON as a string', () => {
    expect(rendered("$input.body $input.json('$') [$input.body.testAccess]")).toBe('{} {} []');
    expect(rendered("$input.body $input.json('$') $input.json('$.a')", 'raw')).toBe('raw "raw" ""');
  });

  it('renders the example of the developer guide', () => {
    const template = `#set($allParams = $input.params())
{
"params" : {
#foreach($type in $allParams.keySet())
    #set($params = $allParams.get($type))
"$type" : {
    #foreach($paramName in $params.keySet())
    "$paramName" : "$util.escapeJavaScript($params.get($paramName))"
        #if($foreach.hasNext),#end
    #end
}
    #if($foreach.hasNext),#end
#end
}
}`;
    expect(JSON.parse(rendered(template))).toEqual({
      params: { path: {}, querystring: { limit: '5' }, header: { 'X-Id': 'h1' } },
    });
  });
});
