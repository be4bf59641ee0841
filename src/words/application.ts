/** The facts that a user needs to register an application for the sign-in. */

/** The page of the service where a user registers an application. */
export const REGISTRATION_PAGE = 'https://oauth.yandex.ru/client/new';

/** The page of the service that shows the code. An application must have it as its address. */
export const REDIRECT_ADDRESS = 'https://oauth.yandex.ru/verification_code';

/**
 * The rights of each token. Two tokens of one application cannot have different rights, so these
 * are always the same.
 */
export const SCOPES = ['metrika:read', 'metrika:offline_data'] as const;

/** The page of the service where the owner of an account can end the access of an application. */
export const ACCESS_PAGE = 'https://id.yandex.ru/personal/data-access';
