/** A URL with what may not stand in one written as `%20`, what is written so already left alone. Package `encodeurl`. */
export function encodedUrl(url: unknown): string {
  return ''
    .concat(url as string)
    .replace(/([\ud800-\udbff][\udc00-\udfff])|[\ud800-\udfff]/g, (_, pair: string | undefined) => pair ?? '\ufffd')
    .replace(/[^!#-;=?-_a-z|~]+|%(?![0-9a-f]{2})/gi, (part) => encodeURI(part));
}
