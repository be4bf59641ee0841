/** The completion script for zsh. */
import type { CompletedCommand, CompletedOption, CompletionModel } from './completion-model.ts';
import { plainWords, posixQuoted } from './script-text.ts';

/** Returns the lines of the script below its head. */
export function zshScript({ commands, flagsFirst, options, lists }: CompletionModel): string {
  const found = [...lists].map(([name, words]) => `    (${name}) list=(${plainWords(words)}) ;;`);
  const described = commands.map(({ name, summary }) => posixQuoted(`${name}:${escaped(summary)}`));
  return `
_metrika_calls_list() {
  case $1 in
    (commands) list=(
      ${described.join('\n      ')}
    ) ;;
${found.join('\n')}
    (*) list=() ;;
  esac
}

_metrika_calls_command() {
  case $1 in
    ('') flags=(${plainWords(flagsFirst)}) ;;
${commands.map(commandEntry).join('\n')}
  esac
}

_metrika_calls_option() {
  flag=$1 wants= once=yes text=
  case $1 in
${options.map(optionEntry).join('\n')}
    (*) flag= ;;
  esac
}
${WALK}`;
}

function commandEntry({ name, flags, operands, isRepeated }: CompletedCommand): string {
  const more = isRepeated ? ' more=yes' : '';
  return `    (${name}) flags=(${plainWords(flags)}) operands=(${plainWords(operands)})${more} ;;`;
}

function optionEntry(option: CompletedOption): string {
  const { flag, spellings, value, isRepeatable, description } = option;
  const once = isRepeatable ? ' once=no' : '';
  const text = posixQuoted(escaped(description));
  return `    (${spellings.join('|')}) flag=${flag} wants=${value}${once} text=${text} ;;`;
}

/** Escapes a text for `_describe`, which takes a backslash as an escape. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\');
}

/** The part that is the same for every version of the program. */
const WALK = `
_metrika_calls_flags() {
  local word
  local -a found
  for word in $flags; do
    if (( \${given[(Ie)$word]} )); then continue; fi
    _metrika_calls_option $word
    found+=("$flag:$text")
  done
  _metrika_calls_show -o found
}

# Shows candidates with their descriptions. Without compinit there are no descriptions.
_metrika_calls_show() {
  if [[ -n $plain ]]; then
    local -a names=("\${(@P)argv[-1]}")
    reply=("$before"\${^names%%:*})
    return
  fi
  _describe -V \${argv[1,-2]} '' $argv[-1]
}

# Asks the program. It reads local files only.
_metrika_calls_known() {
  local line name
  local -a found
  for line in "\${(@f)$(command metrika-calls completion $1 2>/dev/null)}"; do
    name=\${line%%$'\\t'*}
    if [[ -z $name ]]; then continue; fi
    line=\${line[\${#name}+2,-1]}
    found+=("\${\${name//\\\\/\\\\\\\\}//:/\\\\:}:\${line//\\\\/\\\\\\\\}")
  done
  _metrika_calls_show found
}

_metrika_calls_values() {
  local -a list
  case $1 in
    (''|anything) ;;
    (files) if [[ -z $plain ]]; then _files; fi ;;
    (counters|profiles) _metrika_calls_known $1 ;;
    (*)
      _metrika_calls_list $1
      _metrika_calls_show list
      ;;
  esac
}

# Notes an option that is on the line already.
_metrika_calls_note() {
  _metrika_calls_option $1
  if [[ $once == yes ]]; then given+=($flag); fi
}

# Notes short options in one word, such as -qv or -c2215573.
_metrika_calls_short() {
  local rest=\${1#-}
  while [[ -n $rest ]]; do
    _metrika_calls_note -\${rest[1]}
    rest=\${rest[2,-1]}
    if [[ -n $wants ]]; then
      if [[ -z $rest ]]; then pending=$wants; fi
      return
    fi
  done
}

_metrika_calls_earlier() {
  if [[ -n $pending ]]; then
    pending=
    return
  fi
  case $ended$1 in
    (--) ended=yes ;;
    (--*=*) _metrika_calls_note \${1%%=*} ;;
    (--*)
      _metrika_calls_note $1
      pending=$wants
      ;;
    (-?*) _metrika_calls_short $1 ;;
    (*)
      if [[ -z $command ]]; then
        command=$1
      else
        (( count += 1 ))
      fi
      ;;
  esac
}

_metrika_calls_operand() {
  local kind=
  if (( count < $#operands )); then
    kind=$operands[count+1]
  elif [[ $more == yes ]]; then
    kind=$operands[-1]
  fi
  _metrika_calls_values "$kind"
}

_metrika_calls() {
  local current word pending= ended= command= flag= wants= once= text= more= before=
  local -i at count=0
  local -a given flags operands list
  for (( at = 2; at < CURRENT; at++ )); do
    _metrika_calls_earlier "\${(Q)words[at]}"
  done
  current=$words[CURRENT]
  _metrika_calls_command "$command"
  if [[ -n $pending ]]; then
    _metrika_calls_values $pending
  elif [[ -z $ended && $current == --*=* ]]; then
    _metrika_calls_option \${current%%=*}
    if [[ -n $plain ]]; then
      before=\${current%%=*}=
    else
      compset -P 1 '*='
    fi
    _metrika_calls_values "$wants"
  elif [[ -z $ended && $current == -* ]]; then
    _metrika_calls_flags
  elif [[ -z $command ]]; then
    _metrika_calls_list commands
    _metrika_calls_show list
  else
    _metrika_calls_operand
  fi
}

# Completes where compinit was not called. Files are offered wherever nothing else fits.
_metrika_calls_plain() {
  emulate -L zsh
  local plain=yes
  local -a words
  local -i CURRENT
  reply=()
  read -Ac words
  read -nc CURRENT
  _metrika_calls
}

# The file may lie in a folder of $fpath, or be read by .zshrc.
if [[ $funcstack[1] == _metrika-calls ]]; then
  _metrika_calls "$@"
elif (( $+functions[compdef] )); then
  compdef _metrika_calls metrika-calls
else
  # compctl does not find a name with a hyphen, but a pattern matches it.
  compctl -K _metrika_calls_plain + -f -p 'metrika?calls'
fi
`;
