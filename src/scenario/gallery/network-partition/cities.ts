export const cities = ['kyiv', 'lviv', 'odesa'];

/** The hall has so many seats, and every city may sell any of them. */
export const seats = Array.from({ length: 60 }, (_, index) => index + 1);

/** Where a desk is called: `eager` or `careful`, and the city. */
export function deskAt(kind: string, city: string) {
  const port = (kind === 'eager' ? 3000 : 4000) + cities.indexOf(city);
  return { port, url: `http://${kind}-${city}:${port}` };
}
