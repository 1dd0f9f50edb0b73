/** `Content-Disposition` as package `content-disposition` writes it: names of other than ASCII twice, first as old clients read them. */
export function disposition(filename: string | undefined): string {
  if (filename === undefined) return 'attachment';
  const isPlain = /^[\x20-\x7e]*$/.test(filename) && !/%[0-9a-f]{2}/i.test(filename);
  if (isPlain) return `attachment; filename=${word(filename)}`;
  return `attachment; filename=${word(filename.replace(/[^\x20-\x7e]/g, '?'))}; filename*=UTF-8''${encoded(filename)}`;
}

/** Between quotation marks, unless it is a token. */
function word(text: string): string {
  return /^[!#$%&'*+.\w^`|~-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
