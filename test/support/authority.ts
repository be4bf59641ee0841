import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type Ended, type RunOptions, temporaryFolder } from './run.ts';
import { runHere } from './run-here.ts';
import { answerJson, errorBody, type SeenRequest, TestService } from './test-service.ts';
import { now } from './upload-here.ts';

/** The id of the application in tests. */
export const CLIENT_ID = 'c0ffee00c0ffee00c0ffee00c0ffee00';

/** The last answer of a method, in place of the usual one. */
type Override = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

/**
 * A sign-in and an API for tests. It shares no code with the program, checks each request as the
 * real service does, and answers in the same form.
 */
export class TestAuthority {
  readonly service: TestService;
  /** The login of the account that gives access. */
  login = 'anna';
  /** The life of new tokens, in seconds. */
  life = 31_536_000;
  /** The tokens that the API accepts. */
  readonly accepted = new Set<string>();
  /** The token that each token for renewing belongs to. */
  readonly refreshTokens = new Set<string>();
  /** Every secret that was made: codes, tokens and tokens for renewing. */
  readonly secrets: string[] = [];
  /** The secrets that the program made: verifiers. */
  readonly verifiers: string[] = [];
  /** Answers in place of the usual ones, by path. */
  readonly overrides = new Map<string, Override>();
  readonly #codes = new Map<string, URLSearchParams>();

  private constructor(service: TestService) {
    this.service = service;
    service.behave((request, response) => this.#answer(request, response));
  }

  static async start(): Promise<TestAuthority> {
    return new TestAuthority(await TestService.start(() => undefined));
  }

  get target(): string[] {
    return ['--api-url', this.service.url];
  }

  /** Opens the page as the owner of the account, and returns the code that the page shows. */
  open(address: string): string {
    const { origin, pathname, searchParams: query } = new URL(address);
    if (`${origin}${pathname}` !== `${this.service.url}/authorize`) throw new Error(address);
    const faults = faultsOf(query);
    if (faults.length > 0) throw new Error(`the page refuses: ${faults.join(', ')}`);
    const code = Array.from(randomBytes(16), (byte) => (byte % 36).toString(36)).join('');
    this.#codes.set(code, query);
    this.secrets.push(code);
    return code;
  }

  /** Opens the page as {@link TestAuthority.open} does, and returns the address of the next page. */
  openAndReturn(address: string): string {
    const state = new URL(address).searchParams.get('state') ?? '';
    return `https://oauth.yandex.ru/verification_code?${new URLSearchParams({ code: this.open(address), state }).toString()}`;
  }

  /** Returns a new token that the API accepts. */
  newToken(): { readonly access: string; readonly refresh: string } {
    const [access, refresh] = [`y0_${randomToken()}`, `1:${randomToken()}`];
    this.accepted.add(access);
    this.refreshTokens.add(refresh);
    this.secrets.push(access, refresh);
    return { access, refresh };
  }

  async #answer(request: SeenRequest, response: ServerResponse): Promise<void> {
    const override = this.overrides.get(request.path);
    if (override !== undefined) {
      await override(request, response);
      return;
    }
    if (request.path === '/token' && request.method === 'POST') this.#token(request, response);
    else if (request.path === '/info') this.#info(request, response);
    else if (!this.#isAccepted(request)) {
      answerJson(response, 403, errorBody('invalid_token', 'Invalid oauth_token', 403));
    } else if (request.path === '/management/v1/counters') {
      const counters = [{ id: 2_215_573, name: 'Shop', site2: { site: 'shop.example' } }];
      answerJson(response, 200, JSON.stringify({ rows: 1, counters }));
    } else if (request.method === 'POST') {
      answerJson(response, 200, '{"uploading":{"id":42,"status":"UPLOADED"}}');
    } else answerJson(response, 200, '{"uploadings":[]}');
  }

  #isAccepted({ headers }: SeenRequest): boolean {
    return this.accepted.has((headers.authorization ?? '').replace(/^OAuth /, ''));
  }

  #token({ body, headers }: SeenRequest, response: ServerResponse): void {
    const form = new URLSearchParams(body.toString());
    const refuse = (error: string): void => {
      answerJson(response, 400, JSON.stringify({ error, error_description: 'no' }));
    };
    if (headers['content-type'] !== 'application/x-www-form-urlencoded' || form.has('redirect_uri'))
      refuse('invalid_request');
    else if (form.get('grant_type') === 'refresh_token') {
      if (!this.refreshTokens.delete(form.get('refresh_token') ?? '')) refuse('invalid_grant');
      else this.#grant(response);
    } else {
      const verifier = form.get('code_verifier') ?? '';
      this.verifiers.push(verifier);
      const code = form.get('code') ?? '';
      const asked = this.#codes.get(code);
      this.#codes.delete(code);
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const isRight =
        asked?.get('code_challenge') === challenge &&
        asked.get('client_id') === form.get('client_id');
      if (isRight) this.#grant(response);
      else refuse('bad_verification_code');
    }
  }

  #grant(response: ServerResponse): void {
    const { access, refresh } = this.newToken();
    const answer = { access_token: access, refresh_token: refresh, expires_in: this.life };
    answerJson(response, 200, JSON.stringify({ ...answer, token_type: 'bearer' }));
  }

  #info(request: SeenRequest, response: ServerResponse): void {
    if (this.#isAccepted(request) && request.query.get('format') === 'json')
      answerJson(response, 200, JSON.stringify({ id: '7', login: this.login }));
    else answerJson(response, 401, '');
  }
}

/** Returns what the real page would refuse. */
function faultsOf(query: URLSearchParams): string[] {
  const wanted: Readonly<Record<string, RegExp>> = {
    response_type: /^code$/,
    client_id: /^\w+$/,
    redirect_uri: /^https:\/\/oauth\.yandex\.ru\/verification_code$/,
    scope: /^metrika:read metrika:offline_data$/,
    force_confirm: /^yes$/,
    device_id: /^[ -~]{6,50}$/,
    device_name: /^.{1,100}$/,
    state: /^.{16,}$/,
    code_challenge: /^[\w-]{43}$/,
    code_challenge_method: /^S256$/,
  };
  const wrong = Object.entries(wanted).filter(([name, form]) => !form.test(query.get(name) ?? ''));
  const unknown = [...query.keys()].filter((name) => !(name in wanted));
  return [...wrong.map(([name]) => name), ...unknown];
}

function randomToken(): string {
  return `A1b${randomBytes(24).toString('base64url').replaceAll('-', 'x')}`;
}

/** A user with a home folder, who signs in at an authority. */
export class TestUser {
  readonly authority: TestAuthority;
  readonly home = temporaryFolder();
  /** Everything that the runs of this user have written. */
  readonly written: string[] = [];

  constructor(authority: TestAuthority) {
    this.authority = authority;
  }

  static async withAuthority(): Promise<TestUser> {
    return new TestUser(await TestAuthority.start());
  }

  get env(): Readonly<Record<string, string>> {
    return { HOME: this.home };
  }

  get folder(): string {
    return join(this.home, '.config', 'metrika-calls');
  }

  get tokenPath(): string {
    return join(this.folder, 'token.json');
  }

  /** The names of the files in the folder of the user. */
  get files(): string[] {
    return existsSync(this.folder) ? readdirSync(this.folder).sort() : [];
  }

  /** The content of the file with the token. */
  get stored(): Readonly<Record<string, unknown>> {
    return JSON.parse(readFileSync(this.tokenPath, 'utf8')) as Record<string, unknown>;
  }

  makeFolder(mode = 0o700): void {
    mkdirSync(this.folder, { recursive: true, mode });
  }

  /** Runs a command line against the authority. Time passes only when the program waits. */
  async run(words: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const { env = {}, ...rest } = options;
    const isOffline = words.some((word) => word === '--sandbox') || words[0] === 'logout';
    const target = isOffline || words.includes('--api-url') ? [] : this.authority.target;
    const ended = await runHere([...words, ...target], {
      clock: now(),
      ...rest,
      env: { ...this.env, ...env },
    });
    this.written.push(ended.stdout, ended.stderr);
    return ended;
  }

  /** Takes the first step of a sign-in, and returns the address to open. */
  async begin(more: readonly string[] = [], options: RunOptions = {}): Promise<string> {
    const ended = await this.run(['login', '--client-id', CLIENT_ID, ...more], options);
    if (ended.code !== 0) throw new Error(ended.stderr);
    return /https?:[^\s"]+/.exec(ended.stdout)?.[0] ?? '';
  }

  /** Signs in completely, and returns the result of the second step. */
  async signIn(more: readonly string[] = [], options: RunOptions = {}): Promise<Ended> {
    const code = this.authority.open(await this.begin(more, options));
    return await this.run(['login', '--code', '-', ...more], { input: `${code}\n`, ...options });
  }
}
