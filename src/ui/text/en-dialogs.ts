export const enDialogs = {};
