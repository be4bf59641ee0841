/** The completion scripts of all shells. The build keeps them in a bundle of their own. */
export { bashScript as bash } from './bash.ts';
export { fishScript as fish } from './fish.ts';
export { powershellScript as powershell } from './powershell.ts';
export { zshScript as zsh } from './zsh.ts';
