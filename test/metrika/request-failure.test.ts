import { describe, expect, it } from 'vitest';
import { networkFailure } from '../../src/metrika/network-failure.ts';
import { redactSecrets } from '../../src/metrika/token.ts';

function failed(code: string, syscall: string, isSending: boolean, isComplete: boolean): string {
  const error = Object.assign(new Error('broken'), { code, syscall });
  return networkFailure({ error, host: 'service', isSending, isComplete }).fate;
}

describe('the fate of a request without an answer', () => {
  it.each([
    ['ECONNREFUSED', 'connect'],
    ['ECONNRESET', 'connect'],
    ['ENETUNREACH', 'connect'],
    ['ENOTFOUND', 'getaddrinfo'],
    ['EAI_AGAIN', 'getaddrinfo'],
  ])('is certain after %s of %s', (code, syscall) => {
    expect(failed(code, syscall, true, true)).toBe('not-taken');
  });

  it.each([
    ['EHOSTUNREACH', 'read'],
    ['ENETUNREACH', 'write'],
    ['EPROTO', 'write'],
    ['ECONNRESET', 'read'],
    ['ETIMEDOUT', 'read'],
    ['UND_ERR_SOCKET', ''],
  ])('is unknown after %s of %s, unless its last byte was not sent', (code, syscall) => {
    expect(failed(code, syscall, true, true)).toBe('unknown');
    expect(failed(code, syscall, true, false)).toBe('not-taken');
    expect(failed(code, syscall, false, false)).toBe('not-taken');
  });
});

describe('a connection that fails', () => {
  it.each([
    ['CERT_HAS_EXPIRED', 'certificate-expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-of-another'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate-refused'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-refused'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'protocol-refused'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'protocol-refused'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'certificate-demanded'],
  ])('is reported by its cause: %s', (code, expected) => {
    const error = Object.assign(new Error('no session'), { code });
    const given = { error, host: 'service', isSending: false, isComplete: false };
    expect(networkFailure(given)).toMatchObject({ code: expected, fate: 'not-taken', exitCode: 6 });
  });

  it.each([
    [407, 'proxy-refused', false],
    [403, 'proxy-forbidden', false],
    [502, 'proxy-failed', true],
    [504, 'proxy-failed', true],
  ])('because of a proxy is reported by the status: %i', (status, code, retryable) => {
    const cause = new Error(`Proxy response (${String(status)}) !== 200 when HTTP Tunneling`);
    const error = new Error('failed', { cause });
    const given = { error, host: 'service', isSending: false, isComplete: false };
    expect(networkFailure(given)).toMatchObject({ code, retryable, fate: 'not-taken' });
  });

  it('has a wrong protocol if the server answers in HTTP/2', () => {
    const error = Object.assign(new Error('Expected HTTP/'), {
      name: 'HTTPParserError',
      data: '\0\0\x12\x04\0\0',
    });
    const given = { error, host: 'service', isSending: true, isComplete: true };
    expect(networkFailure(given)).toMatchObject({ code: 'protocol-refused', fate: 'not-taken' });
  });
});

describe('secrets', () => {
  it('are removed everywhere, short ones only as separate words', () => {
    expect(redactSecrets('a long-secret-x b', ['long-secret'])).toBe('a [token]-x b');
    expect(redactSecrets('bad OAuth abc12, abc123', ['abc12'])).toBe('bad OAuth [token], abc123');
    expect(redactSecrets('an ok', ['ok'])).toBe('an ok');
  });
});
