import type { LineProblem } from './code-editor';
import { documentAt, modelOf } from './models';
import { editor, MarkerSeverity, Range } from './monaco';
import type { Problem } from './problems';
import { settingsTab } from './settings-tab';

const runOwner = 'run';

/** What the languages found wrong. The settings are judged by their own parser, in the reader's words. */
export function foundByLanguages(): readonly Problem[] {
  return editor.getModelMarkers({}).flatMap((marker) => {
    const document = documentAt(marker.resource);
    if (marker.owner === runOwner || document === undefined || document === settingsTab) return [];
    if (marker.severity < MarkerSeverity.Warning) return [];
    const severity = marker.severity === MarkerSeverity.Error ? 'error' : 'warning';
    const { startLineNumber: line, startColumn: column, message } = marker;
    return [{ document, line, column, message, severity }];
  });
}

/** The JSON service would mark the settings a second time, and in English. */
export function silenceJson(): void {
  const model = modelOf(settingsTab);
  if (model === null || editor.getModelMarkers({ owner: 'json', resource: model.uri }).length === 0) return;
  editor.setModelMarkers(model, 'json', []);
}

export function markProblems(model: editor.ITextModel, problems: readonly LineProblem[]): void {
  editor.setModelMarkers(
    model,
    runOwner,
    problems.map((problem) => runMarker(model, problem)),
  );
}

function runMarker(model: editor.ITextModel, problem: LineProblem): editor.IMarkerData {
  const line = Math.min(Math.max(1, problem.line), model.getLineCount());
  const word =
    problem.column === undefined ? null : model.getWordAtPosition({ lineNumber: line, column: problem.column });
  const range =
    word === null
      ? new Range(line, model.getLineFirstNonWhitespaceColumn(line) || 1, line, model.getLineMaxColumn(line))
      : new Range(line, word.startColumn, line, word.endColumn);
  return {
    severity: problem.severity === 'warning' ? MarkerSeverity.Warning : MarkerSeverity.Error,
    message: problem.message,
    source: 'Eventarium',
    startLineNumber: range.startLineNumber,
    startColumn: range.startColumn,
    endLineNumber: range.endLineNumber,
    endColumn: range.endColumn,
  };
}
