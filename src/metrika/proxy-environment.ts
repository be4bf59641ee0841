/** The part of the environment that names proxies. */

/** The environment variables that name proxies, in any letter case. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;
