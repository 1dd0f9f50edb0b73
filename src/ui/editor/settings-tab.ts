/**
 * The scenario's own place among the files: the name of its tab, and of its document in the editor. No file can be called
 * so, because every file's name has an ending.
 */
export const settingsTab = 'scenario';
