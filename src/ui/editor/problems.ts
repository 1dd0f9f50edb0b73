/** Everything that is wrong anywhere in the scenario, whoever found it. */
export interface Problem {
  /** A file, or the settings. */
  readonly document: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

export interface Place {
  readonly document: string;
  readonly line: number;
  readonly column: number;
}

/** In the order of `documents`, and in each by place; errors before warnings at one place. */
export function inOrder(problems: readonly Problem[], documents: readonly string[]): readonly Problem[] {
  const order = new Map(documents.map((document, at) => [document, at]));
  const known = problems.filter((problem) => order.has(problem.document));
  return known.sort(
    (one, other) =>
      order.get(one.document)! - order.get(other.document)! ||
      one.line - other.line ||
      one.column - other.column ||
      one.severity.localeCompare(other.severity),
  );
}

/** The first problem behind a place, in the order given; after the last one comes the first. */
export function nextProblem(
  problems: readonly Problem[],
  from: Place | undefined,
  documents: readonly string[],
): Problem | undefined {
  if (from === undefined) return problems[0];
  const at = documents.indexOf(from.document);
  const isBehind = (problem: Problem): boolean => {
    const other = documents.indexOf(problem.document);
    if (other !== at) return other > at;
    return problem.line > from.line || (problem.line === from.line && problem.column > from.column);
  };
  return problems.find(isBehind) ?? problems[0];
}
