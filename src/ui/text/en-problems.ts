import { describeFault } from '../../log/fault';
import { describeProblem } from '../../scenario/problem';

/** What is wrong with a document that comes from outside: sentences without a full stop. */
export const enProblems = {
  scenario: describeProblem,
  line: describeFault,
};
