import type { NotSimulated } from './problem';

/**
 * Every option of curl 7.88, by what it takes, as curl itself answered. `none` and `switch` take nothing, and only a switch may
 * be turned off by `--no-`; of `file` curl warns when it looks like an option.
 */
export type Takes = 'none' | 'switch' | 'text' | 'file';

export interface Option {
  readonly name: string;
  readonly takes: Takes;
  /** It is refused, since it would change what is sent in a way that nothing here follows. */
  readonly refusedAs?: NotSimulated;
}

const words = (list: string): string[] => list.trim().split(/\s+/);

/** Names, each with its letter behind a bar. */
const byTakes: Readonly<Record<Takes, readonly string[]>> = {
  text: words(`
    alt-svc aws-sigv4 cert-type ciphers connect-timeout connect-to continue-at|C cookie|b cookie-jar|c create-file-mode curves
    data|d data-ascii data-binary data-raw data-urlencode delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers
    doh-url egd-file engine expect100-timeout form|F form-string ftp-account ftp-alternative-to-user ftp-method ftp-port|P
    ftp-ssl-ccc-mode happy-eyeballs-timeout-ms header|H hostpubmd5 hostpubsha256 hsts interface json keepalive-time key-type
    krb krb4 libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time|m
    noproxy oauth2-bearer output-dir parallel-max pass pinnedpubkey preproxy proto proto-default proto-redir proxy|x
    proxy-cert-type proxy-ciphers proxy-header proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name
    proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user|U proxy1.0 pubkey quote|Q range|r rate
    referer|e request|X request-target resolve retry retry-delay retry-max-time sasl-authzid service-name socks4 socks4a
    socks5 socks5-gssapi-service socks5-hostname speed-limit|Y speed-time|y telnet-option|t tftp-blksize time-cond|z tls-max
    tls13-ciphers tlsauthtype tlspassword tlsuser url url-query user|u user-agent|A write-out|w`),
  file: words(`
    abstract-unix-socket cacert capath cert|E config|K crlfile dump-header|D etag-compare etag-save key netrc-file output|o
    proxy-cacert proxy-capath proxy-cert proxy-crlfile proxy-key random-file stderr trace trace-ascii unix-socket
    upload-file|T`),
  none: words(`
    http1.0|0 http1.1 http2 http2-prior-knowledge http3 http3-only ipv4|4 ipv6|6 next|: proxy-tlsv1 sslv2|2 sslv3|3 tlsv1|1
    tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3`),
  switch: words(`
    alpn anyauth append|a basic buffer|N cert-status clobber compressed compressed-ssh create-dirs crlf digest disable|q
    disable-eprt disable-epsv disallow-username-in-url doh-cert-status doh-insecure eprt epsv fail|f fail-early
    fail-with-body false-start form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl ftp-ssl-ccc
    ftp-ssl-control ftp-ssl-reqd get|G globoff|g haproxy-protocol head|I help|h http0.9 ignore-content-length include|i
    insecure|k junk-session-cookies|j keepalive list-only|l location|L location-trusted mail-rcpt-allowfails manual|M
    metalink negotiate netrc|n netrc-optional npn ntlm ntlm-wb parallel|Z parallel-immediate path-as-is post301 post302
    post303 progress-bar|# progress-meter proxy-anyauth proxy-basic proxy-digest proxy-insecure proxy-negotiate proxy-ntlm
    proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxytunnel|p raw remote-header-name|J remote-name|O remote-name-all
    remote-time|R remove-on-error retry-all-errors retry-connrefused sasl-ir sessionid show-error|S silent|s socks5-basic
    socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort
    styled-output suppress-connect-headers tcp-fastopen tcp-nodelay test-event tftp-no-options tr-encoding trace-time
    use-ascii|B verbose|v version|V xattr`),
};

const refused: Readonly<Partial<Record<NotSimulated, readonly string[]>>> = {
  'client-certificate': words(
    'cert cert-type key key-type pass ssl-auto-client-cert tlsauthtype tlspassword tlsuser engine',
  ),
  proxy: words(`
    proxy preproxy proxy1.0 proxy-user proxytunnel socks4 socks4a socks5 socks5-hostname haproxy-protocol proxy-cert proxy-key`),
  authentication: words('digest ntlm ntlm-wb negotiate anyauth aws-sigv4 netrc netrc-optional netrc-file'),
  option: words(`
    config connect-to resolve unix-socket abstract-unix-socket http2-prior-knowledge http3 http3-only http0.9
    crlf time-cond continue-at etag-compare dns-servers doh-url quote mail-from mail-rcpt telnet-option rate append
    use-ascii ftp-port list-only proto`),
};

const refusedAs = new Map<string, NotSimulated>(
  Object.entries(refused).flatMap(([what, names]) => names.map((name) => [name, what as NotSimulated] as const)),
);

const longOptions = new Map<string, Option>();
const shortOptions = new Map<string, Option>();
for (const [takes, names] of Object.entries(byTakes) as [Takes, readonly string[]][]) {
  for (const [name = '', letter] of names.map((each) => each.split('|'))) {
    const what = refusedAs.get(name);
    const option: Option = { name, takes, ...(what !== undefined && { refusedAs: what }) };
    longOptions.set(name, option);
    if (letter !== undefined) shortOptions.set(letter, option);
  }
}

export const shortOption = (letter: string): Option | undefined => shortOptions.get(letter);

/** By its whole name, or by a beginning that no other option has; case does not matter. */
export function longOption(written: string): Option | 'unknown' | 'ambiguous' {
  const wanted = written.toLowerCase();
  const exact = longOptions.get(wanted);
  if (exact) return exact;
  const matching = [...longOptions.values()].filter(({ name }) => name.startsWith(wanted));
  if (matching.length > 1) return 'ambiguous';
  return matching[0] ?? 'unknown';
}
