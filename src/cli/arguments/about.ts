/** The version of the program, its home page, and the page for reports of problems. */
import packageJson from '../../../package.json' with { type: 'json' };

export const HOMEPAGE: string = packageJson.homepage;
export const PROBLEMS_PAGE: string = packageJson.bugs.url;
export const VERSION: string = packageJson.version;
