/** The completion script for PowerShell 5.1 and newer. */
import type { CompletedCommand, CompletedOption, CompletionModel } from './completion-model.ts';
import { dotNetQuoted, plainWords } from './script-text.ts';

/** Returns the lines of the script below its head. */
export function powershellScript(model: CompletionModel): string {
  const { commands, flagsFirst, options, lists } = model;
  const found = [...lists].map(([name, words]) => `    '${name}' = '${plainWords(words)}'`);
  return `
$__metrikaCallsLists = @{
${found.join('\n')}
}

# Each command: its text, its flags, what its operands are, and whether the last one is repeated.
$__metrikaCallsCommands = [ordered]@{
${commands.map(commandEntry).join('\n')}
}
$__metrikaCallsFlags = '${plainWords(flagsFirst)}'

# Each spelling of an option: its long flag, what its value is, whether it is repeatable, its text.
# The letters of short flags are compared with their case.
$__metrikaCallsOptions = [System.Collections.Hashtable]::new([System.StringComparer]::Ordinal)
${options.flatMap(optionEntries).join('\n')}
${WALK}`;
}

function commandEntry({ name, summary, flags, operands, isRepeated }: CompletedCommand): string {
  const words = `'${plainWords(flags)}', '${plainWords(operands)}'`;
  return `    '${name}' = @(${dotNetQuoted(summary)}, ${words}, $${String(isRepeated)})`;
}

function optionEntries(option: CompletedOption): string[] {
  const { flag, spellings, value, isRepeatable, description } = option;
  const rest = `'${value}', $${String(isRepeatable)}, ${dotNetQuoted(description)}`;
  return spellings.map(
    (spelling) => `$__metrikaCallsOptions['${spelling}'] = @('${flag}', ${rest})`,
  );
}

/** The part that is the same for every version of the program. */
const WALK = `
Register-ArgumentCompleter -Native -CommandName 'metrika-calls' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    function Add-Candidate($text, $shown, $description) {
        if (-not "$text".StartsWith($value, [System.StringComparison]::Ordinal)) { return }
        $written = "$text"
        # A name that PowerShell would not take as it is stands in quotes.
        if ($written -cnotmatch '^[A-Za-z0-9_/+.-]+$') {
            $written = "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($written) + "'"
        }
        if (-not $description) { $description = $shown }
        [System.Management.Automation.CompletionResult]::new(
            "$before$written", "$shown", 'ParameterValue', "$description")
    }

    function Add-Values($kind) {
        if ($kind -eq 'counters' -or $kind -eq 'profiles') {
            # Asks the program. It reads local files only.
            foreach ($line in @(metrika-calls completion $kind 2>$null)) {
                $name, $text = "$line" -split "\`t", 2
                if ($name) { Add-Candidate $name "$name  $text" $text }
            }
        } elseif ($__metrikaCallsLists.ContainsKey("$kind")) {
            foreach ($word in $__metrikaCallsLists[$kind] -split ' ') { Add-Candidate $word $word $word }
        }
        # PowerShell completes names of files itself when nothing is returned.
    }

    $value = $wordToComplete
    $before = ''
    $pending = ''
    $ended = $false
    $command = ''
    $count = 0
    $given = @()
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })

    foreach ($word in $words) {
        if ($pending) { $pending = ''; continue }
        if (-not $ended -and $word -ceq '--') { $ended = $true; continue }
        if (-not $ended -and $word -cmatch '^--') {
            $option = $__metrikaCallsOptions[($word -split '=', 2)[0]]
            if ($option) {
                if (-not $option[2]) { $given += $option[0] }
                if ($word -notmatch '=') { $pending = $option[1] }
            }
            continue
        }
        if (-not $ended -and $word -cmatch '^-.') {
            # Short options may stand in one word, such as -qv or -c2215573.
            $rest = $word.Substring(1)
            while ($rest) {
                $option = $__metrikaCallsOptions['-' + $rest.Substring(0, 1)]
                $rest = $rest.Substring(1)
                if (-not $option) { continue }
                if (-not $option[2]) { $given += $option[0] }
                if ($option[1]) {
                    if (-not $rest) { $pending = $option[1] }
                    break
                }
            }
            continue
        }
        if (-not $command) { $command = $word } else { $count += 1 }
    }

    if ($pending) { Add-Values $pending; return }
    if (-not $ended -and $wordToComplete -cmatch '^(--[^=]+=)(.*)$') {
        $before = $Matches[1]
        $value = $Matches[2]
        $option = $__metrikaCallsOptions[$before.TrimEnd('=')]
        if ($option) { Add-Values $option[1] }
        return
    }
    if (-not $ended -and $wordToComplete -cmatch '^-') {
        $flags = $__metrikaCallsFlags
        if ($command) {
            if (-not $__metrikaCallsCommands.Contains($command)) { return }
            $flags = $__metrikaCallsCommands[$command][1]
        }
        foreach ($flag in $flags -split ' ' | Where-Object { $_ -and $given -cnotcontains $_ }) {
            Add-Candidate $flag $flag ([regex]::Unescape($__metrikaCallsOptions[$flag][3]))
        }
        return
    }
    if (-not $command) {
        foreach ($name in $__metrikaCallsCommands.Keys) {
            Add-Candidate $name $name ([regex]::Unescape($__metrikaCallsCommands[$name][0]))
        }
        return
    }
    if (-not $__metrikaCallsCommands.Contains($command)) { return }
    $operands = @($__metrikaCallsCommands[$command][2] -split ' ' | Where-Object { $_ })
    if ($count -lt $operands.Count) { Add-Values $operands[$count] }
    elseif ($__metrikaCallsCommands[$command][3]) { Add-Values $operands[-1] }
}
`;
