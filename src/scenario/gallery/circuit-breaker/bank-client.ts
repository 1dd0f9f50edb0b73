/** Takes the money within half a second, or throws. */
export async function bank(url: string) {
  const answer = await fetch(`${url}/pay`, { method: 'POST', signal: AbortSignal.timeout(500) });
  if (!answer.ok) throw new Error(`the bank answered ${answer.status}`);
}
