/** What stands before a row of a tree in each column of its depth: nothing, a line going on, a branch, or the last branch. */
export type Guide = 'none' | 'through' | 'branch' | 'end';

export function treeGuides(nodes: readonly { readonly depth: number; readonly last: boolean }[]): Guide[][] {
  /** Per depth, whether the node there has later siblings: its line goes on below it. */
  const goesOn: boolean[] = [];
  return nodes.map(({ depth, last }) => {
    goesOn.length = depth;
    const guides = goesOn.slice(1).map((on): Guide => (on ? 'through' : 'none'));
    goesOn[depth] = !last;
    return depth === 0 ? [] : [...guides, last ? 'end' : 'branch'];
  });
}

/** Row of the parent, of the first child, or nothing. */
export function treeStep(
  nodes: readonly { readonly depth: number }[],
  from: number,
  to: 'parent' | 'child',
): number | undefined {
  const depth = nodes[from]?.depth ?? 0;
  if (to === 'child') return nodes[from + 1]?.depth === depth + 1 ? from + 1 : undefined;
  for (let at = from - 1; at >= 0; at--) if (nodes[at]!.depth === depth - 1) return at;
  return undefined;
}
