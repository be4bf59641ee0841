import { describe, expect, it } from 'vitest';
import { networkFailure } from '../../src/metrika/network-failure.ts';
import { redactSecrets } from '../../src/metrika/token.ts';

function failed(code: string, syscall: string, bodyStarted: boolean): string {
  const error = Object.assign(new Error('broken'), { code, syscall });
  return networkFailure({ error, host: 'service', bodyStarted }).fate;
}

describe('the fate of a request that broke off', () => {
  it.each([
    ['ECONNREFUSED', 'connect'],
    ['ECONNRESET', 'connect'],
    ['ENETUNREACH', 'connect'],
    ['ENOTFOUND', 'getaddrinfo'],
    ['EAI_AGAIN', 'getaddrinfo'],
  ])('is certain after %s of %s', (code, syscall) => {
    expect(failed(code, syscall, true)).toBe('not-taken');
  });

  it.each([
    ['EHOSTUNREACH', 'read'],
    ['ENETUNREACH', 'write'],
    ['EPROTO', 'write'],
    ['ECONNRESET', 'read'],
    ['ETIMEDOUT', 'read'],
    ['UND_ERR_SOCKET', ''],
  ])('is unknown after %s of %s, unless nothing had left', (code, syscall) => {
    expect(failed(code, syscall, true)).toBe('unknown');
    expect(failed(code, syscall, false)).toBe('not-taken');
  });
});

describe('secrets', () => {
  it('are taken out everywhere, short ones where they stand alone', () => {
    expect(redactSecrets('a long-secret-x b', ['long-secret'])).toBe('a [token]-x b');
    expect(redactSecrets('bad OAuth abc12, abc123', ['abc12'])).toBe('bad OAuth [token], abc123');
    expect(redactSecrets('an ok', ['ok'])).toBe('an ok');
  });
});
