import { analyze } from 'eslint-scope';
import type MagicString from 'magic-string';
import type { Identifier } from 'estree';
import { walk } from 'estree-walker';
import type { Node, Program } from 'estree';
import { globalNames, languageNames } from './global-names';
import type { Placed, Source } from './instrument';

const wrapperNames = new Set([
  '__e',
  '__m',
  '__g',
  '__k',
  '__h',
  'exports',
  'require',
  'module',
  '__filename',
  '__dirname',
]);

/**
 * A name that nothing declares is looked up on the process's virtual global object: what the code put on `globalThis` is
 * found, and everything else of the engine's global object is not defined, as it should be.
 */
export function rewriteFreeNames(source: Source, text: MagicString): void {
  const free = freeReferences(source);
  if (free.size === 0) return;
  walk(source.program as unknown as Program, {
    enter(node: Node, parent) {
      if (node.type !== 'Identifier' || !free.has(node)) return;
      const { start, end } = node as Placed;
      if (parent?.type === 'UnaryExpression' && parent.operator === 'typeof') {
        text.prependRight(start, `('${node.name}'in __g?__g.`);
        text.appendLeft(end, ':void 0)');
        return;
      }
      if (parent?.type === 'Property' && parent.shorthand) text.appendLeft(end, `:__g.${node.name}`);
      else text.prependRight(start, '__g.');
    },
  });
}

function freeReferences(source: Source): Set<Node> {
  const manager = scopesOf(source);
  const free = new Set<Node>();
  for (const { identifier } of manager.globalScope?.through ?? []) {
    const { name } = identifier as Identifier;
    if (wrapperNames.has(name) || languageNames.has(name) || globalNames.includes(name)) continue;
    free.add(identifier as Node);
  }
  return free;
}

export function scopesOf(source: Source): ReturnType<typeof analyze> {
  return analyze(source.program as unknown as Program, {
    ecmaVersion: 2024,
    // `eval` makes nothing of what stands around it dynamic: it is not there in the playground.
    ignoreEval: true,
    sourceType: source.kind === 'esm' ? 'module' : 'commonjs',
  });
}
