export const enLog = {};
