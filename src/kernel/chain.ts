/**
 * A list whose members know their neighbours: adding at the end and taking any of them out cost the same however many
 * there are. A member is in one chain at a time.
 */
export interface Link<T extends Link<T>> {
  /** @internal */
  before: T | undefined;
  /** @internal */
  after: T | undefined;
}

export class Chain<T extends Link<T>> {
  #first: T | undefined;
  #last: T | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(member: T): void {
    this.#size++;
    member.before = this.#last;
    if (this.#last) this.#last.after = member;
    else this.#first = member;
    this.#last = member;
  }

  remove(member: T): void {
    this.#size--;
    if (member.before) member.before.after = member.after;
    else this.#first = member.after;
    if (member.after) member.after.before = member.before;
    else this.#last = member.before;
    member.before = undefined;
    member.after = undefined;
  }

  /** Those that a test picks, in order of adding, as a list of its own. */
  all(picked: (member: T) => boolean = () => true): T[] {
    const members: T[] = [];
    for (let member = this.#first; member; member = member.after) if (picked(member)) members.push(member);
    return members;
  }
}
