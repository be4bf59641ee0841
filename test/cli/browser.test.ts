import { describe, expect, it } from 'vitest';
import { hasBrowser } from '../../src/cli/login/browser.ts';

describe('a browser', () => {
  it.each([
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['linux', {}, false],
    ['linux', { DISPLAY: '' }, false],
    ['linux', { DISPLAY: ':0', SSH_CONNECTION: '1 2 3 4' }, false],
    ['linux', { DISPLAY: 'localhost:10.0', SSH_TTY: '/dev/pts/1' }, false],
    ['darwin', {}, true],
    ['darwin', { SSH_TTY: '/dev/ttys001' }, false],
    ['win32', {}, true],
    ['win32', { SSH_CONNECTION: '1 2 3 4' }, false],
  ] as const)('on %s with %j is there: %s', (platform, environment, expected) => {
    expect(hasBrowser(environment, platform)).toBe(expected);
  });
});
