export const enInspector = {};
