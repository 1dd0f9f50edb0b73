import { describe, expect, test } from 'vitest';
import { readCurl } from '../../../src/clients/curl/curl-command';
import { blocks } from '../../../src/clients/curl/problem';

/**
 * What real curl sends for a command is `npm run conformance`'s to say. Here is what the recordings cannot hold: where in the
 * text a problem lies, what is refused by name, and that nothing makes the reader throw.
 */
const url = 'http://localhost:5000/x';

/** Each problem as its type, its name or words, and the text it points at. */
function problemsOf(text: string, files?: Record<string, string>) {
  return readCurl(text, { ...(files && { files }) }).problems.map((problem) => {
    const said = 'name' in problem ? problem.name : 'text' in problem ? problem.text : undefined;
    return [problem.type, said, text.slice(problem.start, problem.end)];
  });
}

describe("the course's command", () => {
  test('is understood as it stands', () => {
    const text = `curl -X POST http://localhost:5000/webhook/order \\
      -H "Content-Type: application/json" \\
      -d '{"order_id": 777, "status": "created"}'`;
    const { requests, problems, exitCode } = readCurl(text);
    expect({ problems, exitCode, count: requests.length }).toEqual({ problems: [], exitCode: 0, count: 1 });
    expect(requests[0]).toMatchObject({
      scheme: 'http',
      host: 'localhost',
      port: 5000,
      method: 'POST',
      path: '/webhook/order',
      query: null,
      body: '{"order_id": 777, "status": "created"}',
    });
  });
});

describe('a problem points at its place', () => {
  test('in the text as it was pasted, whatever is quoted before it', () => {
    expect(problemsOf(`curl -d 'ціна €' ${url} --cert me.pem`)).toEqual([['not-simulated', '--cert', '--cert me.pem']]);
  });

  test('when curl does not know an option', () => {
    expect(problemsOf(`curl ${url} --heade 'a: b'`)).toEqual([]);
    expect(problemsOf(`curl ${url} --headers 'a: b'`)).toEqual([
      ['failed', 'curl: option --headers: is unknown', '--headers'],
    ]);
  });

  test('when a quote is never closed, from the quote on', () => {
    expect(problemsOf(`curl ${url} -d 'open`)).toEqual([
      ['failed', 'shell: unexpected EOF while looking for matching quote', "'open"],
    ]);
  });

  test('when a file is missing, and is none when the file is there', () => {
    const text = `curl ${url} -d @order.json`;
    expect(problemsOf(text)).toEqual([
      ['not-simulated', 'order.json', '@order.json'],
      ['warned', undefined, '@order.json'],
    ]);
    expect(problemsOf(`curl ${url} -F file=@a.jpg -F again=@a.jpg`)).toContainEqual([
      'not-simulated',
      'a.jpg',
      'file=@a.jpg',
    ]);
    expect(problemsOf(text, { 'order.json': '{}' })).toEqual([]);
    expect(readCurl(text, { files: { 'order.json': '{"a": 1}\n' } }).requests[0]?.body).toBe('{"a": 1}');
  });
});

describe('refused by name', () => {
  test.each([
    [`curl ${url} -x proxy:8080`, 'proxy', '-x'],
    [`curl ${url} --digest -u a:b`, 'authentication', '--digest'],
    [`curl ${url} -E me.pem`, 'client-certificate', '-E'],
    [`curl ${url} -T -`, 'standard-input', '-T -'],
    [`curl ${url} -d @-`, 'standard-input', '@-'],
    [`curl ${url} -d "$(date)"`, 'substitution', '$(date)'],
    [`curl ${url} -d \`date\``, 'substitution', '`date`'],
    [`curl ${url} < body.json`, 'redirection', '< body.json'],
    [`wget ${url}`, 'command', 'wget'],
    [`curl ftp://localhost/x`, 'protocol', 'ftp:'],
    [`curl '${url}/[1-100000]'`, 'too-many-requests', `${url}/[1-100000]`],
    [`curl ${url} -H 'X: a\nEvil: b'`, 'header-line-break', 'X: a\nEvil: b'],
  ])('%s', (text, what, name) => {
    const { problems } = readCurl(text);
    expect(problems).toContainEqual(expect.objectContaining({ type: 'not-simulated', what, name }));
    expect(problems.some(blocks)).toBe(true);
  });
});

describe('what only concerns the answer', () => {
  test.each([`curl ${url} | jq .`, `curl ${url} > out.json`, `curl ${url} 2>/dev/null`])(
    'is no hindrance: %s',
    (text) => {
      const { problems, requests } = readCurl(text);
      expect(requests).toHaveLength(1);
      expect(problems.map(({ type }) => type)).toEqual(['without-effect']);
      expect(problems.some(blocks)).toBe(false);
    },
  );
});

describe('commands copied from elsewhere', () => {
  test('for cmd.exe, with ^ at the ends of lines, are told as such', () => {
    expect(problemsOf(`curl ${url} ^\n  -H "A: b"`)[0]).toEqual(['windows-line', undefined, '^']);
  });

  test('for PowerShell, with backticks at the ends of lines, are told as such', () => {
    expect(problemsOf(`curl ${url} \`\n  -H "A: b"`)[0]).toEqual(['windows-line', undefined, '`']);
  });

  test('together with the prompt are told as such', () => {
    expect(problemsOf(`$ curl ${url}`)[0]).toEqual(['prompt', undefined, '$']);
  });
});

describe('several commands', () => {
  test('run in order, and stop at && once one fails', () => {
    const text = `curl ${url}/1 && curl 'http://a b/' && curl ${url}/2 || curl ${url}/3`;
    expect(readCurl(text).requests.map(({ path }) => path)).toEqual(['/x/1', '/x/3']);
  });

  test('see the variables that were set before', () => {
    expect(readCurl(`TOKEN='a b'\ncurl ${url} -H "Authorization: Bearer $TOKEN"`).requests[0]?.headers).toContainEqual([
      'Authorization',
      'Bearer a b',
    ]);
  });

  test('do not run at all on a line whose quote is never closed', () => {
    expect(readCurl(`curl ${url}/1\ncurl ${url}/2 && curl ${url}/3 -d 'open`).requests.map(({ path }) => path)).toEqual(
      ['/x/1'],
    );
  });

  test('go on behind an echo', () => {
    expect(readCurl(`curl ${url}/1; echo; curl ${url}/2`)).toMatchObject({ exitCode: 0, requests: [{}, {}] });
  });
});

describe('what curl reads', () => {
  const bodyOf = (text: string) => readCurl(text).requests.map(({ body }) => body);

  test('comes from a here-document, whose lines are no commands', () => {
    expect(bodyOf(`curl ${url} --data-binary @- <<EOF\n{"a": 1}\nrm -rf x\nEOF\ncurl ${url}`)).toEqual([
      '{"a": 1}\nrm -rf x\n',
      '',
    ]);
    expect(bodyOf(`curl ${url} -d @- <<-'EOF'\n\t$a\n\tEOF`)).toEqual(['$a']);
  });

  test('comes from a here-string, or from echo', () => {
    expect(bodyOf(`curl ${url} --json @- <<< '{"a": 1}'`)).toEqual(['{"a": 1}\n']);
    expect(bodyOf(`echo '{"a":' 1} | curl ${url} -d @-`)).toEqual(['{"a": 1}']);
    expect(bodyOf(`curl ${url} -d @- -d @- <<< a`)).toEqual(['a&']);
    expect(bodyOf(`echo -n x | curl ${url} --data-binary @-`)).toEqual(['x']);
  });

  test('is refused where a shell would have to work it out', () => {
    expect(problemsOf(`curl ${url} -d @- <<EOF\n$(date)\nEOF\ncurl ${url}`).map(([, name]) => name)).toEqual([
      '<<EOF',
      '@-',
    ]);
    expect(problemsOf(`cat x | curl ${url} -d @-`).map(([type, name]) => [type, name])).toContainEqual([
      'not-simulated',
      '@-',
    ]);
  });
});

describe('whatever is pasted', () => {
  // Every beginning of a command that uses everything: each is something that somebody has not finished typing.
  const long =
    `A=1; curl -sS "$A\${B}" $'\\u00e9\\'' -F 'f=@a;type=text/x;filename="q\\""' '${url}/{a,b}[1-3:2]' ` +
    `-H 'X: "é"' --data-urlencode n=€ {1..2} -u a --next -T f h:1 <<X | jq # end\n😀\nX\n`;

  test('makes the reader neither throw nor point outside of the text', () => {
    for (let end = 0; end <= long.length; end += 1) {
      const text = long.slice(0, end);
      for (const { start, end: until } of readCurl(text).problems) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(until).toBeGreaterThanOrEqual(start);
        expect(until).toBeLessThanOrEqual(text.length);
      }
    }
  });
});

describe('an international host name', () => {
  const hostOf = (host: string) => readCurl(`curl http://${host}:8080/x`).requests.map((request) => request.host);

  // What curl 7.88.1 with libidn2 2.3.3 sends.
  test.each([
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['привіт.укр', 'xn--b1aluem3j.xn--j1amh'],
    ['faß.de', 'xn--fa-hia.de'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['b%C3%BCcher.example', 'xn--bcher-kva.example'],
    ['☃.net', 'xn--n3h.net'],
    ['ﬁ.example', 'fi.example'],
    ['a..ü', 'a..xn--tda'],
    ['a_b.Example', 'a_b.Example'],
  ])('%s is sent as %s', (host, sent) => {
    expect(hostOf(host)).toEqual([sent]);
  });

  test.each(['ü-.example', '-ü.example'])('%s is none', (host) => {
    expect(problemsOf(`curl http://${host}/`).map(([, said]) => said)).toEqual([
      'curl: (3) URL using bad/illegal format or missing URL',
    ]);
  });
});

test('curl alone is told what is missing', () => {
  expect(readCurl('curl')).toMatchObject({ exitCode: 2, requests: [], problems: [{ type: 'bare', start: 0, end: 4 }] });
});
