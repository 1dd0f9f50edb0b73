export const enStage = {};
