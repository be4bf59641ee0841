/** The shells with a completion script, and the command line that installs each script. */

/** A shell that has a completion script. */
export type CompletedShell = keyof typeof INSTALL_LINES;

/**
 * The command line that installs the completion script of each shell. Each line is written in the
 * language of its own shell.
 */
export const INSTALL_LINES = {
  bash: "metrika-calls completion bash > ~/.metrika-calls.bash && echo 'source ~/.metrika-calls.bash' >> ~/.bashrc",
  zsh: "metrika-calls completion zsh > ~/.metrika-calls.zsh && echo 'source ~/.metrika-calls.zsh' >> ~/.zshrc",
  fish: 'mkdir -p ~/.config/fish/completions && metrika-calls completion fish > ~/.config/fish/completions/metrika-calls.fish',
  powershell:
    'metrika-calls completion powershell > "$HOME/metrika-calls.ps1"; mkdir -Force (Split-Path $PROFILE) > $null; Add-Content $PROFILE \'. "$HOME/metrika-calls.ps1"\'',
} as const;

/** The names of the shells, in the order of the help. */
export const SHELL_NAMES = Object.keys(INSTALL_LINES) as CompletedShell[];
