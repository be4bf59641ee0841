/** The completion script for fish. */
import type { CompletedCommand, CompletedOption, CompletionModel } from './completion-model.ts';
import { fishQuoted, plainWords } from './script-text.ts';

/** Returns the lines of the script below its head. */
export function fishScript({ commands, flagsFirst, options, lists }: CompletionModel): string {
  const found = [...lists].map(
    ([name, words]) => `        case ${name}\n            printf '%s\\n' ${plainWords(words)}`,
  );
  const described = commands.map(({ name, summary }) => `${name} ${fishQuoted(summary)}`);
  return `
function __metrika_calls_list
    switch $argv[1]
        case commands
            printf '%s\\t%s\\n' ${described.join(' \\\n                ')}
${found.join('\n')}
    end
end

# Prints the flags of a command.
function __metrika_calls_flags
    switch "$argv[1]"
        case ''
            printf '%s\\n' ${plainWords(flagsFirst)}
${commands.map(flagsEntry).join('\n')}
    end
end

# Prints what each operand of a command is; ... repeats the last one.
function __metrika_calls_operands
    switch "$argv[1]"
${commands.map(operandsEntry).join('\n')}
    end
end

# Prints the long flag of an option, what its value is, whether it is offered once, and its text.
function __metrika_calls_option
    switch $argv[1]
${options.map(optionEntry).join('\n')}
    end
end
${WALK}`;
}

function flagsEntry({ name, flags }: CompletedCommand): string {
  return flags.length === 0
    ? `        case ${name}`
    : `        case ${name}\n            printf '%s\\n' ${plainWords(flags)}`;
}

function operandsEntry({ name, operands, isRepeated }: CompletedCommand): string {
  if (operands.length === 0) return `        case ${name}`;
  const kinds = plainWords([...operands, ...(isRepeated ? ['...'] : [])]);
  return `        case ${name}\n            printf '%s\\n' ${kinds}`;
}

function optionEntry(option: CompletedOption): string {
  const { flag, spellings, value, isRepeatable, description } = option;
  const once = isRepeatable ? 'no' : 'yes';
  const texts = `${flag} '${value}' ${once} ${fishQuoted(description)}`;
  return `        case ${spellings.join(' ')}\n            printf '%s\\n' ${texts}`;
}

/** The part that is the same for every version of the program. */
const WALK = `
# Prints the candidates for a value, each with the part of the word before it.
function __metrika_calls_values --argument-names kind before
    switch "$kind"
        case '' anything files
            return
        case counters profiles
            # Asks the program. It reads local files only.
            command metrika-calls completion $kind 2>/dev/null | string replace -r '^' -- "$before"
        case '*'
            __metrika_calls_list $kind | string replace -r '^' -- "$before"
    end
end

# Reads the words before the cursor, and prints what the next word is, then its candidates.
function __metrika_calls_read
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l pending
    set -l ended
    set -l given
    set -l name
    set -l count 0
    for word in $words[2..-1]
        if test -n "$pending"
            set pending
            continue
        end
        switch "$ended$word"
            case --
                set ended yes
            case '--*=*'
                set -l option (__metrika_calls_option (string split -m 1 = -- $word)[1])
                test "$option[3]" = yes; and set -a given $option[1]
            case '--*'
                set -l option (__metrika_calls_option $word)
                test "$option[3]" = yes; and set -a given $option[1]
                set pending $option[2]
            case '-?*'
                # Short options may stand in one word, such as -qv or -c2215573.
                set -l rest (string sub -s 2 -- $word)
                while test -n "$rest"
                    set -l option (__metrika_calls_option -(string sub -l 1 -- $rest))
                    set rest (string sub -s 2 -- $rest)
                    test "$option[3]" = yes; and set -a given $option[1]
                    if test -n "$option[2]"
                        test -z "$rest"; and set pending $option[2]
                        break
                    end
                end
            case '*'
                if test -z "$name"
                    set name $word
                else
                    set count (math $count + 1)
                end
        end
    end
    if test -n "$pending"
        echo $pending
        __metrika_calls_values $pending
        return
    end
    switch "$ended$current"
        case '--*=*'
            set -l parts (string split -m 1 = -- $current)
            set -l option (__metrika_calls_option $parts[1])
            echo "$option[2]"
            __metrika_calls_values "$option[2]" "$parts[1]="
            return
        case '-*'
            echo flags
            for flag in (__metrika_calls_flags "$name")
                contains -- $flag $given; and continue
                set -l option (__metrika_calls_option $flag)
                printf '%s\\t%s\\n' $flag $option[4]
            end
            return
    end
    if test -z "$name"
        echo commands
        __metrika_calls_list commands
        return
    end
    set -l kinds (__metrika_calls_operands "$name")
    set -l kind
    set -l more
    if test "$kinds[-1]" = ...
        set more yes
        set -e kinds[-1]
    end
    if test $count -lt (count $kinds)
        set kind $kinds[(math $count + 1)]
    else if test -n "$more"
        set kind $kinds[-1]
    end
    echo "$kind"
    __metrika_calls_values "$kind"
end

# Says whether the next word is something else than a file, and keeps its candidates.
function __metrika_calls_offers
    set -g __metrika_calls_found (__metrika_calls_read)
    test "$__metrika_calls_found[1]" != files
end

complete -c metrika-calls -e
complete -c metrika-calls -n __metrika_calls_offers -f -a '$__metrika_calls_found[2..-1]'
`;
