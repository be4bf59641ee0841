/** English: failures of the service and the network, and what to do next. */
import { byKind, failure, type FailureEntry, once, type Sentence } from '../entries.ts';
import type { NoAnswer, Refused, ServiceSaid, TimeoutPhase } from '../failure-parameters.ts';
import { byteSize, formatNumber, localTime, plural } from '../format.ts';
import { ownValue } from '../own-value.ts';
import { command, forReader, option, text } from '../said.ts';

const said = byKind<ServiceSaid>({
  message: ({ message, location }) =>
    `The service said: "${message}"${location === undefined ? '' : ` (${location})`}.`,
  excerpt: ({ text: begins }) => `The answer begins: "${begins}".`,
  nothing: 'The answer has no text.',
});

/** Defines a failure for a response whose HTTP status does not mean success. */
function refusal(
  title: string,
  what: string,
  hint: Sentence<Partial<Refused>>,
): FailureEntry<Refused> {
  return failure(
    title,
    (refused: Refused) => text`${what} (HTTP ${refused.status}). ${said(refused.said)}`,
    hint,
  );
}

/** Defines a failure to connect to a host. */
function unreached(title: string, why: string, hint: Sentence<object>): FailureEntry<NoAnswer> {
  return failure(title, ({ host }: NoAnswer) => `Cannot connect to ${host}: ${why}.`, hint);
}

const CHECK_COUNTER = text`Check the number in ${option('counter')}.`;
const CHECK_NETWORK = 'Check the network connection and try again.';
const PERHAPS_PROXY = text`A proxy or a login page of your network may have answered instead. Check ${option('apiUrl')} and the network, and try again.`;

/** Says when to try again, if the service has named a time. */
function tryAgain(until: number | undefined, otherwise: string): string {
  return until === undefined
    ? otherwise
    : `It asks to wait until ${localTime(until)}. Try again then.`;
}

const TIMEOUTS: Readonly<Record<TimeoutPhase, (host: string, time: string) => string>> = {
  first: (host, time) => `No answer from ${host}: nothing has moved for ${time}.`,
  sending: (host, time) =>
    `${host} took no more of the file for ${time}, so the request was broken off.`,
  answer: (host, time) =>
    `No answer from ${host} for ${time} after the whole file was handed over.`,
  download: (host, time) =>
    `The download from ${host} stood still for ${time}, so it was broken off.`,
  list: (host, time) => `${host} did not send the whole list of uploads within ${time}.`,
  all: (host) => `The request to ${host} was not over after an hour, so it was broken off.`,
};

/** The reasons why a host cannot be reached, by system error code. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ENETUNREACH: 'the network cannot be reached',
  EHOSTUNREACH: 'the host cannot be reached',
  EADDRNOTAVAIL: 'no local address is free',
};

export const service = once(() => ({
  unauthorized: refusal(
    'The service does not accept the token',
    'The service does not accept this token',
    forReader(
      text`Tokens expire after a year or when the password changes. ${command('whoami')} says where the token comes from and whose it is. Get a new one for an account that may edit the counter: ${command('login')}`,
      'Tokens expire after a year or when the password changes. Get a new one for an account that may edit the counter; the README has the steps.',
    ),
  ),
  'access-denied': refusal(
    'The token may not access the counter',
    'This token may not access this counter',
    text`Check three things: the token has the scope metrika:write (or metrika:offline_data for sending and metrika:read for reading), it belongs to an account that may edit this counter, and the number in ${option('counter')} is right.${forReader(text` This command says whose token it is: ${command('whoami')}`, '')}`,
  ),
  'request-timeout': refusal(
    'The request did not arrive in time',
    'The service, or a proxy before it, did not get the whole request in time',
    text`The line may be too slow for it. Try again, or send smaller parts with ${option('partSize')}.`,
  ),
  'quota-day': failure(
    'Daily quota used up',
    ({ quota, ...refused }: Refused & { quota: 'user' | 'counter'; freed: number }) =>
      text`Daily quota used up: ${quota === 'user' ? '5,000 requests per user' : 'the requests per counter'} (HTTP ${refused.status}). ${said(refused.said)}`,
    ({ freed }) =>
      `It resets at 00:00 GMT${freed === undefined ? '' : ` (${localTime(freed)} here)`}. Try again then.`,
  ),
  quota: refusal(
    'Too many requests at a time',
    'The service asks for fewer requests at a time',
    ({ until }) =>
      tryAgain(
        until,
        'Wait a little, and run fewer uploads for this user at once: 3 requests at once and 30 a second are allowed.',
      ),
  ),
  'service-unavailable': refusal(
    'The service is temporarily unavailable',
    'The service is temporarily unavailable',
    ({ until }) =>
      tryAgain(
        until,
        'Try again in a few minutes. If it lasts for hours, look at the status page of Yandex Metrica.',
      ),
  ),
  redirected: refusal(
    'The address answers with a redirect',
    'The address answers with a redirect, and a token follows none',
    text`Check ${option('apiUrl')}: it must be the address of the API itself.`,
  ),
  'too-large': refusal(
    'The file is too large for the service or a proxy',
    'The file is too large for the service, or for a proxy before it',
    text`The service takes files of at most 1 GB; a proxy may take less. Send smaller parts with ${option('partSize')}.`,
  ),
  'uploading-not-found': refusal(
    'The counter has no such upload',
    'The counter has no upload with this id',
    text`Check the id and the counter; ${command('list')} shows the uploads of a counter.`,
  ),
  'method-gone': refusal(
    'The service no longer offers this method',
    'The service no longer offers this method at this address',
    text`Check ${option('apiUrl')}. If it is right, look for a newer version of metrika-calls.`,
  ),
  'not-found': refusal(
    'No such counter for this token',
    'No such counter for this token',
    text`${CHECK_COUNTER} The counters that this token may see: ${command('counters')}`,
  ),
  refused: refusal(
    'The service refused the request',
    'The service refused the request',
    forReader(
      'Fix what the service reports and try again; -v shows the request.',
      'Fix what the service reports and try again.',
    ),
  ),
  'answer-unreadable': failure(
    'Unexpected answer',
    ({ status, isHtml, begins }: { status: number; isHtml: boolean; begins: string }) =>
      begins === ''
        ? `The service sent an empty answer (HTTP ${String(status)}).`
        : `The service sent an unexpected answer (HTTP ${String(status)}, ${isHtml ? 'HTML' : 'something else'} instead of JSON). It begins: "${begins}".`,
    PERHAPS_PROXY,
  ),
  'answer-of-another': failure(
    'Answer about another upload',
    ({ id }: { id: string }) =>
      `The service answered about upload ${id}, which is another one, so the answer says nothing about this file.`,
    PERHAPS_PROXY,
  ),
  'answer-early': failure(
    'Answer before the whole file was sent',
    ({ status }: { status: number }) =>
      `The service answered with HTTP ${String(status)} before the whole file was sent, so the answer says nothing about it.`,
    PERHAPS_PROXY,
  ),
  'answer-cut': failure(
    'Answer cut off',
    ({ host, status }: { host: string; status: number }) =>
      `The answer from ${host} (HTTP ${String(status)}) broke off before its end.`,
    CHECK_NETWORK,
  ),
  'answer-too-long': failure(
    'Answer too long',
    ({ host, bytes }: { host: string; bytes: number }) =>
      `The answer from ${host} is longer than ${byteSize(bytes)}, which no answer of the service is.`,
    text`Something else may have answered. Check ${option('apiUrl')} and the network.`,
  ),
  'list-endless': failure(
    'A list of the service is too long',
    ({ pages, entries, noun }: { pages: number; entries: number; noun: 'upload' | 'counter' }) =>
      `The list of ${noun}s has no end: ${plural(pages, 'page')} with ${plural(entries, noun)} so far.`,
    'Something is wrong with the service. Try again later.',
  ),
  timeout: failure(
    'No answer in time',
    ({ host, timeout, phase }: { host: string; timeout: number; phase: TimeoutPhase }) =>
      TIMEOUTS[phase](host, `${formatNumber(Math.round(timeout / 100) / 10)} s`),
    text`${CHECK_NETWORK.slice(0, -1)}; ${option('timeout')} gives a slow line or service more time.`,
  ),
}));

export const network = once(() => ({
  'host-not-found': unreached(
    'Unknown host',
    'no such host',
    text`Check the network connection, the DNS settings and the address: that of the file, or ${option('apiUrl')}.`,
  ),
  'connection-refused': unreached(
    'Connection refused',
    'connection refused',
    text`Nothing listens at that address. Check the address of the file, or ${option('apiUrl')}, and the proxy if you use one.`,
  ),
  'connect-timeout': unreached(
    'No connection in time',
    'no connection in time',
    'Check the network connection, the firewall and, if you use one, the proxy.',
  ),
  'download-cut': failure(
    'The download was cut off',
    ({ host }: { host: string }) =>
      `The connection to ${host} was lost before the whole file had come.`,
    CHECK_NETWORK,
  ),
  'address-busy': failure(
    'The address answers with an error',
    ({ host, status }: { host: string; status: number }) =>
      `${host} cannot give the file now (HTTP ${String(status)}).`,
    'Try again in a few minutes.',
  ),
  network: failure(
    'No connection',
    ({ host, reason }: NoAnswer) =>
      `Cannot connect to ${host}: ${ownValue(UNREACHABLE, reason) ?? 'the connection was lost'}.`,
    CHECK_NETWORK,
  ),
  'connection-lost': failure(
    'Connection lost after sending',
    ({ host }: NoAnswer) =>
      `The connection to ${host} was lost after the whole request had left, before an answer came.`,
    CHECK_NETWORK,
  ),
  'connection-broken': failure(
    'Connection lost while sending',
    ({ host }: NoAnswer) =>
      `The connection to ${host} was lost while sending, before all of the file had left.`,
    CHECK_NETWORK,
  ),
  'certificate-expired': failure(
    'Certificate not valid now',
    ({ host, reason }: NoAnswer) =>
      `The certificate of ${host} is not valid at this time (${reason}).`,
    'Check the date and time of this computer. If they are right, whoever runs that host, or the proxy before it, must renew the certificate.',
  ),
  'certificate-of-another': failure(
    'Certificate for another name',
    ({ host, reason }: NoAnswer) => `The certificate of ${host} is for another name (${reason}).`,
    text`Check the address of the file, or ${option('apiUrl')}: the name of the host must be one that the certificate is for.`,
  ),
  'certificate-demanded': failure(
    'The host demands a certificate',
    ({ host, reason }: NoAnswer) =>
      `${host} demands a certificate from this program, which has none (${reason}).`,
    text`The API of Metrica demands none. Check the address of the file, or ${option('apiUrl')}, and the proxy.`,
  ),
  'protocol-refused': failure(
    'The host does not speak the HTTPS that is needed',
    ({ host, reason }: NoAnswer) =>
      `${host} does not speak HTTPS as it is needed here: TLS 1.2 or newer with HTTP/1.1${reason === '' ? '' : ` (${reason})`}.`,
    text`Check the address of the file, or ${option('apiUrl')}: host and port must be those of a server that speaks HTTPS.`,
  ),
  'certificate-refused': failure(
    'Certificate not trusted',
    ({ host, reason }: NoAnswer) => `The certificate of ${host} is not trusted (${reason}).`,
    text`If your network inspects TLS traffic with its own CA, name the file of that CA ${forReader(text`with ${option('caFile')} or in NODE_EXTRA_CA_CERTS`, text`in NODE_EXTRA_CA_CERTS, or give its certificate in ${option('caFile')}`)}. The check cannot be switched off.`,
  ),
  'proxy-refused': failure(
    'The proxy refused to connect',
    ({ host, status }: { host: string; status: string }) =>
      `Cannot connect to ${host}: the proxy refused (HTTP ${status}).`,
    ({ status }) =>
      status === '407'
        ? 'The proxy asks for a user name and password: check those in HTTPS_PROXY.'
        : 'Check HTTPS_PROXY: this address may be no proxy for HTTPS.',
  ),
  'proxy-forbidden': failure(
    'The proxy forbids the host',
    ({ host, status }: { host: string; status: string }) =>
      `Cannot connect to ${host}: the rules of the proxy forbid it (HTTP ${status}).`,
    'Ask whoever runs the proxy to allow this host, or name it in NO_PROXY if it can be reached directly.',
  ),
  'proxy-failed': failure(
    'The proxy cannot reach the host',
    ({ host, status }: { host: string; status: string }) =>
      `Cannot connect to ${host}: the proxy could not reach it (HTTP ${status}).`,
    'The proxy is at fault, or its network. Try again in a few minutes.',
  ),
  'proxy-invalid': failure(
    'Wrong proxy address',
    'The address of the proxy in HTTPS_PROXY is not valid.',
    'Write it as http://host:port or http://user:password@host:port.',
  ),
}));
