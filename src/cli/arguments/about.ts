/** What the program says of itself: its version, and where documentation and problems have their place. */
import packageJson from '../../../package.json' with { type: 'json' };

export const HOMEPAGE: string = packageJson.homepage;
export const PROBLEMS_PAGE: string = packageJson.bugs.url;
export const VERSION: string = packageJson.version;
