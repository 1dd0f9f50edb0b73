import type { Node, Program } from 'estree';
import { walk } from 'estree-walker';
import type { Program as AcornProgram } from 'acorn';

/** Whether a program needs to be an ES module: it has `import`, `export`, `import.meta` or `await` outside a function. */
export function isModuleSyntax(program: AcornProgram): boolean {
  return hasDeclarations(program) || hasTopLevelAwait(program) || usesImportMeta(program);
}

function hasDeclarations(program: AcornProgram): boolean {
  return program.body.some((statement) => /^(Import|Export)/.test(statement.type));
}

export function hasTopLevelAwait(program: AcornProgram): boolean {
  let found = false;
  walk(program as unknown as Program, {
    enter(node: Node) {
      if (isFunction(node)) this.skip();
      if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await)) found = true;
    },
  });
  return found;
}

function usesImportMeta(program: AcornProgram): boolean {
  let found = false;
  walk(program as unknown as Program, {
    enter(node: Node) {
      if (node.type === 'MetaProperty' && node.meta.name === 'import') found = true;
    },
  });
  return found;
}

export function isFunction(node: Node): boolean {
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  );
}
