import { initialize, TypeScriptWorker, type Documented } from 'monaco-editor/languages/features/typescript/ts.worker';
import { withExamplesInText } from './hover-examples';

/**
 * Monaco's worker for TypeScript, which tells texts of a file apart by the version of its model alone. A model begins at
 * version 1, so a file that takes the place of another of the same name (one more scenario with a `shop.ts`) would be taken
 * for the old one until somebody types in it: here each model counts as its own.
 */
class OwnTypeScriptWorker extends TypeScriptWorker {
  readonly #births = new WeakMap<object, number>();
  #models = 0;

  override getScriptVersion(fileName: string): string {
    const model = this._getModel(fileName);
    if (model === null) return super.getScriptVersion(fileName);
    let birth = this.#births.get(model);
    if (birth === undefined) this.#births.set(model, (birth = ++this.#models));
    return `${String(birth)}.${String(model.version)}`;
  }

  override async getQuickInfoAtPosition(fileName: string, position: number): Promise<Documented | undefined> {
    return withExamplesInText(await super.getQuickInfoAtPosition(fileName, position));
  }

  override async getCompletionEntryDetails(
    fileName: string,
    position: number,
    entry: string,
  ): Promise<Documented | undefined> {
    return withExamplesInText(await super.getCompletionEntryDetails(fileName, position, entry));
  }
}

self.onmessage = () => {
  initialize((context, data) => new OwnTypeScriptWorker(context, data));
};
