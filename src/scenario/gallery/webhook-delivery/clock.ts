/** Hours since the run began. */
export function hoursNow() {
  return (Date.now() - Date.parse('2026-01-01T00:00:00Z')) / 3_600_000;
}
