/** A tree as rows in display order, some of its subtrees folded away. */
interface TreeNode {
  readonly id: string;
  readonly depth: number;
}

export interface TreeRow<N extends TreeNode> {
  readonly node: N;
  /** Its index in the whole tree. */
  readonly at: number;
  readonly hasChildren: boolean;
  /** Rows of its subtree that are not shown. */
  readonly hidden: number;
}

/** Below it a tree is read as it is; above it, what does not lead to the selection is folded at first. */
export const wholeRowsMax = 40;

export function foldedRows<N extends TreeNode>(nodes: readonly N[], isFolded: (at: number) => boolean): TreeRow<N>[] {
  const rows: TreeRow<N>[] = [];
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at]!;
    const end = subtreeEnd(nodes, at);
    const folded = end > at + 1 && isFolded(at);
    rows.push({ node, at, hasChildren: end > at + 1, hidden: folded ? end - at - 1 : 0 });
    if (folded) at = end - 1;
  }
  return rows;
}

/** Whether a subtree of a long tree is folded before anybody touched it. */
export function foldsAtFirst(nodes: readonly TreeNode[], at: number, selected: number): boolean {
  if (nodes.length <= wholeRowsMax || at === selected || nodes[at]?.depth === 0) return false;
  return !(at < selected && selected < subtreeEnd(nodes, at));
}

/** Exclusive. */
function subtreeEnd(nodes: readonly TreeNode[], at: number): number {
  const depth = nodes[at]?.depth ?? 0;
  let end = at + 1;
  while (end < nodes.length && nodes[end]!.depth > depth) end += 1;
  return end;
}
