import { unreachable } from '../../kernel/assert';
import type { Problem } from '../../scenario/problem';
import type { Format } from '../text/format';
import type { SettingsText } from './settings-text';
import { exactDuration } from './field-codecs';

/** What is wrong with a value of the settings, in the reader's words; where it is, the place of the words says. */
export function problemWords(problem: Problem, t: SettingsText, format: Format): string {
  switch (problem.type) {
    case 'wrong-kind':
      return expected(problem.path, t) ?? t.kind[problem.wanted];
    case 'missing':
    case 'bad-process-name':
    case 'bad-instant':
    case 'bad-json':
    case 'bad-pattern':
    case 'no-effect':
    case 'unknown-key':
      return t.problem[problem.type];
    case 'out-of-range': {
      const [min, max] = [problem.min, problem.max].map((value) => figure(problem.path, value, format));
      return t.problem['out-of-range'](min!, max!);
    }
    case 'too-many':
      return t.problem['too-many'](problem.count, problem.max);
    case 'too-long':
      return t.problem['too-long'](problem.charsMax);
    case 'too-large':
      return t.problem['too-large'](problem.bytes, problem.bytesMax);
    case 'unknown-choice':
      return t.problem['unknown-choice'](problem.choices.join(', '));
    case 'unknown-file':
      return t.problem['unknown-file'](problem.file);
    case 'unknown-process':
      return t.problem['unknown-process'](problem.process);
    case 'name-taken':
      return problem.path.startsWith('faults') ? t.faultNameTaken(problem.name) : t.problem['name-taken'](problem.name);
    case 'bad-file-name':
      return t.problem['bad-file-name'](problem.name);
    case 'bad-request':
      return t.problem['bad-request'][problem.part];
    case 'not-simulated':
      return t.problem['not-simulated'](problem.what);
    case 'after-end':
      return t.problem['after-end'](exactDuration(problem.durationMs, format.language));
    case 'refused':
      return t.problem.refused(problem.text);
    case 'other-vhost':
    case 'renamed-vhost':
      return t.problem[problem.type](problem.vhost);
    default:
      return unreachable(problem);
  }
}

/** Where a form takes a text apart, more can be said than which kind of value is wanted. */
function expected(path: string, t: SettingsText): string | undefined {
  if (path.endsWith('retryScheduleMs')) return t.expects.times;
  if (path.endsWith('Ms')) return t.expects.time;
  if (isShare(path)) return t.expects.share;
  if (path.endsWith('.args')) return t.expects.args;
  return path.endsWith('.env') ? t.expects.env : undefined;
}

function figure(path: string, value: number, format: Format): string {
  if (path.endsWith('Ms')) return exactDuration(value, format.language);
  return isShare(path) ? format.share(value) : format.number(value, 2);
}

function isShare(path: string): boolean {
  return /\.(loss|chance|duplicated|delayed|reordered)$/.test(path);
}
