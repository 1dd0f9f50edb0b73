import { show } from 'eventarium';
import { type Scan, statuses } from './parcel';
import { readAs } from './stream';

const legs = new Map<string, { count: number; totalMs: number }>();
const scans = new Map<string, Scan[]>();

/** How long each leg takes, from all parcels so far; the legs that are left make the estimate. */
await readAs('eta', function learn(scan) {
  const known = [...(scans.get(scan.parcel) ?? []), scan].sort((a, b) => a.scannedAtMs - b.scannedAtMs);
  scans.set(scan.parcel, known);
  const at = known.indexOf(scan);
  const before = known[at - 1];
  if (before && statuses.indexOf(scan.status) === statuses.indexOf(before.status) + 1) {
    const leg = legs.get(scan.status) ?? { count: 0, totalMs: 0 };
    legs.set(scan.status, { count: leg.count + 1, totalMs: leg.totalMs + scan.scannedAtMs - before.scannedAtMs });
  }
  const last = known[known.length - 1];
  const left = statuses.slice(statuses.indexOf(last.status) + 1);
  const leftMs = left.reduce((sum, status) => sum + averageOf(status), 0);
  show('estimates', `${scan.parcel}: ${(leftMs / 1000).toFixed(1)} s to go`);
});

function averageOf(status: string) {
  const leg = legs.get(status);
  return leg ? leg.totalMs / leg.count : 3_000;
}
