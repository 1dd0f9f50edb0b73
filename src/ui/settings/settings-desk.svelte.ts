import { formatJson } from '../../scenario/format-json';
import { jsonPlaces, lineAndColumn, placeOfPath } from '../../scenario/json-places';
import type { ParsedScenario } from '../../scenario/parse';
import type { Problem } from '../../scenario/problem';
import { renamedProcess } from '../../scenario/rename-process';
import type { Scenario } from '../../scenario/scenario';
import type { ScenarioDocument } from '../../scenario/serialize';
import {
  type JsonPath,
  mergedSettings,
  pathText,
  sameJson,
  settingsOf,
  valueAt,
  withSettings,
  withValue,
} from '../../scenario/settings';
import { jsonProblem } from '../dialogs/json-problem';
import { keepsDraft, type HeldDraft } from '../last-draft';
import type { Workbench } from '../workbench.svelte';
import { problemWords } from './problem-words';
import { settingsText } from './settings-text';

/** Something wrong in `scenario.json`, with its place in the text. */
export interface SettingsProblem {
  /** Empty for the whole, and where the text is no JSON. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** What was typed or chosen and differs, or once differed, from what is in force. */
interface Draft {
  readonly text: string;
  /** The settings that it was begun from. */
  readonly base: ScenarioDocument;
  /** What the run was defined by when it was typed. */
  readonly over: Scenario;
  /** In force, and what it said then: its text is shown as long as that is still what is in force. */
  readonly applied?: string;
  /** Written by the form, so nobody misses the text once it is in force. */
  readonly byForm: boolean;
}

type Reading =
  | { readonly type: 'not-json'; readonly problem: SettingsProblem }
  | { readonly type: 'json'; readonly data: unknown; readonly parsed: ParsedScenario };

/** As for the code: how long the hands must rest before a change counts. */
const restMs = 400;

/**
 * The settings of the scenario between their two faces, the form and `scenario.json`, and the player.
 *
 * Invariants
 * 1. There is one draft. The form is a view of its text, so both faces always say the same.
 * 2. What was typed stays until it counts or is discarded, whatever is wrong with it; meanwhile the last good settings are
 *    in force. What changed elsewhere meanwhile is kept where the draft did not touch it.
 */
export class SettingsDesk {
  readonly #workbench: Workbench;
  #draft: Draft | undefined = $state.raw();
  #rest: ReturnType<typeof setTimeout> | undefined;

  readonly #scenario = $derived.by(() => this.#workbench.player.scenario);
  readonly #inForce = $derived(settingsOf(this.#scenario));
  readonly #text = $derived.by(() => {
    const draft = this.#draft;
    const isShown = draft !== undefined && (draft.applied === undefined || draft.applied === key(this.#inForce));
    return isShown ? draft.text : formatJson(this.#inForce);
  });
  readonly #reading = $derived.by(() => this.#read(this.#text, this.#scenario));
  readonly #problems = $derived.by(() => this.#problemsOf(this.#reading, this.#text));

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
    keepsDraft(workbench, () => this.#held());
  }

  /** `scenario.json` as the reader has it. */
  get text(): string {
    return this.#text;
  }

  /** What the form shows: the data of the text, or of what is in force while the text is no JSON. */
  get data(): unknown {
    return this.#reading.type === 'json' ? this.#reading.data : this.#inForce;
  }

  /** Where the text stops being JSON. The form cannot be used then: it would have to throw the text away. */
  get broken(): SettingsProblem | undefined {
    return this.#reading.type === 'not-json' ? this.#reading.problem : undefined;
  }

  get problems(): readonly SettingsProblem[] {
    return this.#problems;
  }

  get hasErrors(): boolean {
    return this.#problems.some((problem) => problem.severity === 'error');
  }

  /** What is wrong at `path` or inside of it. */
  problemAt(path: JsonPath): SettingsProblem | undefined {
    const text = pathText(path);
    return this.#problems.find(
      (problem) => problem.path === text || problem.path.startsWith(`${text}.`) || problem.path.startsWith(`${text}[`),
    );
  }

  /** `scenario.json` was edited. */
  edit(text: string): void {
    this.#begin(text, false);
  }

  /** A field of the form was edited. `undefined` gives it its default; an item of a list goes. */
  set(path: JsonPath, value: unknown): void {
    if (this.#reading.type === 'json') this.#begin(formatJson(withValue(this.#reading.data, path, value)), true);
  }

  /** Another name for a process: what names it follows where that can be told. */
  renameProcess(index: number, name: string): void {
    const reading = this.#reading;
    if (reading.type !== 'json') return;
    if (reading.parsed.type === 'scenario' && name !== '') {
      const followed = settingsOf(renamedProcess(reading.parsed.scenario, index, name));
      const { processes: _, ...others } = followed;
      const named = withValue(reading.data, ['processes', index, 'name'], name);
      this.#begin(formatJson({ ...(named as object), ...others }), true);
    } else this.set(['processes', index, 'name'], name);
  }

  /** Lets what was typed count now, if it can. */
  apply(): void {
    clearTimeout(this.#rest);
    const draft = this.#draft;
    if (draft === undefined || draft.applied !== undefined) return;
    const { playerNow } = this.#workbench;
    const { scenario } = playerNow;
    const reading = this.#read(draft.text, scenario);
    if (reading.type !== 'json' || reading.parsed.type !== 'scenario') return;
    const [mine, theirs] = [settingsOf(reading.parsed.scenario), settingsOf(scenario)];
    const merged = sameJson(draft.base, theirs) ? mine : mergedSettings(draft.base, mine, theirs);
    const parsed = sameJson(merged, mine) ? reading.parsed : withSettings(scenario, merged);
    const next = parsed.type === 'scenario' ? parsed.scenario : reading.parsed.scenario;
    const isMine = next === reading.parsed.scenario;
    this.#draft = draft.byForm || !isMine ? undefined : { ...draft, applied: key(settingsOf(next)) };
    if (!sameJson(settingsOf(next), theirs)) playerNow.define(next);
  }

  /** Back to what is in force. */
  discard(): void {
    clearTimeout(this.#rest);
    this.#draft = undefined;
  }

  /** As a formatter would write it; a text that is no JSON stays. */
  format(): void {
    if (this.#reading.type === 'json') this.#begin(formatJson(this.#reading.data), false);
  }

  value(path: JsonPath): unknown {
    return valueAt(this.data, path);
  }

  #begin(text: string, byForm: boolean): void {
    if (text === this.#text) return;
    const draft = this.#draft;
    const base = draft !== undefined && draft.applied === undefined ? draft.base : this.#inForce;
    this.#draft = { text, base, over: this.#workbench.playerNow.definition, byForm };
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.apply(), restMs);
  }

  /** As long as it does not count, the undo key means it. */
  #held(): HeldDraft | undefined {
    const draft = this.#draft;
    if (draft === undefined || draft.applied !== undefined) return undefined;
    const takeBack = (): (() => void) => {
      this.discard();
      return () => {
        if (this.#draft === undefined && this.#workbench.playerNow.definition === draft.over) this.#draft = draft;
      };
    };
    return { over: draft.over, text: settingsText(this.#workbench.language).discarded, takeBack };
  }

  #read(text: string, scenario: Scenario): Reading {
    const broken = jsonProblem(text);
    if (broken === undefined) {
      const data: unknown = JSON.parse(text);
      return { type: 'json', data, parsed: withSettings(scenario, data) };
    }
    const { line, column, expected } = broken;
    const words = this.#workbench.t.dialogs.publish.expected[expected];
    const message = words.charAt(0).toUpperCase() + words.slice(1) + '.';
    return { type: 'not-json', problem: { path: '', line, column, message, severity: 'error' } };
  }

  #problemsOf(reading: Reading, text: string): readonly SettingsProblem[] {
    if (reading.type === 'not-json') return [reading.problem];
    const { parsed } = reading;
    const places = jsonPlaces(text);
    const { language, format } = this.#workbench;
    const t = settingsText(language);
    const placed =
      (severity: SettingsProblem['severity']) =>
      (problem: Problem): SettingsProblem => {
        const place = placeOfPath(places, problem.path);
        const span = problem.type === 'unknown-key' ? place?.key : place?.value;
        const at = lineAndColumn(text, span?.from ?? 0);
        return { path: problem.path, ...at, message: problemWords(problem, t, format), severity };
      };
    return parsed.type === 'problems' ? parsed.problems.map(placed('error')) : parsed.warnings.map(placed('warning'));
  }
}

function key(settings: ScenarioDocument): string {
  return JSON.stringify(settings);
}
