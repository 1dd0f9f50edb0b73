export const enEditor = {};
