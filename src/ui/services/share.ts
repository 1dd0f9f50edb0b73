import { formatFragment, type LinkView } from '../../scenario/fragment';
import { encodeLink, jsonBytesMax, LinkTooLarge } from '../../scenario/link';
import { checkScenario } from '../../scenario/parse';
import type { Scenario } from '../../scenario/scenario';
import type { SharedLink, UnsharedLink } from '../services';

/** A link to the very run: its files, seed and interventions; and to how it is looked at, the instant on show first. */
export async function shareLink(
  definition: Scenario,
  view: LinkView,
  note: string,
): Promise<SharedLink | UnsharedLink> {
  const shared: Scenario = { ...definition, note };
  const { atMs = 0, ...rest } = view;
  const problems = checkScenario(shared);
  if (problems.length > 0) return { type: 'invalid', problems };
  try {
    const fragment = formatFragment({ opened: await encodeLink(shared), view: atMs > 0 ? view : rest });
    const url = `${location.origin}${location.pathname}${fragment}`;
    return { type: 'link', url, length: url.length };
  } catch (error) {
    if (error instanceof LinkTooLarge) return { type: 'too-large', maxBytes: jsonBytesMax };
    throw error;
  }
}
