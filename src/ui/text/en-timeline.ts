export const enTimeline = {};
