import type { Binding, BindingTable, Routed } from './binding';

interface Node {
  readonly next: Map<string, Node>;
  readonly bindings: Set<Binding>;
}

const createNode = (): Node => ({ next: new Map<string, Node>(), bindings: new Set() });

/**
 * Topic patterns as a tree of words, so that a key finds its bindings by its own length and not by their number. `*` stands
 * for one word and `#` for any number, but only as whole words; the empty key has no word, and between dots an empty word
 * counts as one.
 * Source: rabbit_exchange_type_topic.
 */
export class TopicBindings implements BindingTable {
  readonly #root = createNode();

  add(binding: Binding): void {
    let node = this.#root;
    for (const word of wordsOf(binding.key)) {
      let next = node.next.get(word);
      if (next === undefined) node.next.set(word, (next = createNode()));
      node = next;
    }
    node.bindings.add(binding);
  }

  remove(binding: Binding): void {
    removeFrom(this.#root, wordsOf(binding.key), 0, binding);
  }

  match({ routingKeys }: Routed, found: (binding: Binding) => void): void {
    for (const key of routingKeys) matchFrom(this.#root, wordsOf(key), 0, found);
  }
}

function wordsOf(key: string): readonly string[] {
  return key === '' ? [] : key.split('.');
}

function matchFrom(node: Node, words: readonly string[], at: number, found: (binding: Binding) => void): void {
  const rest = node.next.get('#');
  if (rest) matchRest(rest, words, at, found);
  const word = words[at];
  if (word === undefined) {
    for (const binding of node.bindings) found(binding);
    return;
  }
  // A `*` or `#` in a published key is an ordinary word: only a pattern's own is looked up as a wildcard.
  const same = word === '*' || word === '#' ? undefined : node.next.get(word);
  if (same) matchFrom(same, words, at + 1, found);
  const any = node.next.get('*');
  if (any) matchFrom(any, words, at + 1, found);
}

/** After a `#`: it may have taken any number of the words left. With nothing after it, it takes them all. */
function matchRest(rest: Node, words: readonly string[], at: number, found: (binding: Binding) => void): void {
  if (rest.next.size === 0) {
    for (const binding of rest.bindings) found(binding);
    return;
  }
  for (let from = at; from <= words.length; from++) matchFrom(rest, words, from, found);
}

/** Returns whether nothing is left in the node. */
function removeFrom(node: Node, words: readonly string[], at: number, binding: Binding): boolean {
  const word = words[at];
  if (word === undefined) node.bindings.delete(binding);
  else {
    const next = node.next.get(word);
    if (next && removeFrom(next, words, at + 1, binding)) node.next.delete(word);
  }
  return node.bindings.size === 0 && node.next.size === 0;
}
