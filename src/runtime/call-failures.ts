import type { CallFailure } from '../clients/http/transport';

/** Why calls fail, as the log has it. */
export const failureCodes: Readonly<Record<CallFailure['type'], string>> = {
  'not found': 'ENOTFOUND',
  refused: 'ECONNREFUSED',
  reset: 'ECONNRESET',
  'no connection': 'ETIMEDOUT',
  silence: 'ETIMEDOUT',
};
