/** The completion script for bash. It works with bash 3.2 and newer, and needs no other package. */
import type { CompletedCommand, CompletedOption, CompletionModel } from './completion-model.ts';
import { plainWords } from './script-text.ts';

/** Returns the lines of the script below its head. */
export function bashScript({ commands, flagsFirst, options, lists }: CompletionModel): string {
  const found = [...lists].map(([name, words]) => entry(name, plainWords(words)));
  return `
_metrika_calls_list() {
  case $1 in
    commands) list='${plainWords(commands.map(({ name }) => name))}' ;;
${found.join('\n')}
    *) list= ;;
  esac
}

_metrika_calls_command() {
  case $1 in
    '') flags='${plainWords(flagsFirst)}' ;;
${commands.map(commandEntry).join('\n')}
  esac
}

_metrika_calls_option() {
  flag=$1 wants= once=yes
  case $1 in
${options.map(optionEntry).join('\n')}
    *) flag= ;;
  esac
}
${WALK}`;
}

function entry(name: string, words: string): string {
  return `    ${name}) list='${words}' ;;`;
}

function commandEntry({ name, flags, operands, isRepeated }: CompletedCommand): string {
  const more = isRepeated ? ' more=yes' : '';
  return `    ${name}) flags='${plainWords(flags)}' operands='${plainWords(operands)}'${more} ;;`;
}

function optionEntry({ flag, spellings, value, isRepeatable }: CompletedOption): string {
  const once = isRepeatable ? ' once=no' : '';
  return `    ${spellings.join(' | ')}) flag=${flag} wants=${value}${once} ;;`;
}

/** The part that is the same for every version of the program. */
const WALK = `
# Adds a candidate, without the part before the last = or : that bash keeps on the line.
_metrika_calls_add() {
  local whole=$before$1
  COMPREPLY+=("\${whole:\${#current} - \${#typed}}")
}

_metrika_calls_words() {
  local word
  for word in $1; do
    case $word in "$value"*) _metrika_calls_add "$word" ;; esac
  done
}

_metrika_calls_flags() {
  local word
  for word in $flags; do
    case $given in *" $word "*) continue ;; esac
    case $word in "$value"*) _metrika_calls_add "$word" ;; esac
  done
}

# Asks the program. It reads local files only.
_metrika_calls_known() {
  local name text quoted plain=\${value//\\\\/}
  while IFS=$'\\t' read -r name text; do
    case $name in "$plain"*) ;; *) continue ;; esac
    printf -v quoted %q "$name"
    # COMP_TYPE is 63 while bash only lists the candidates. What a list shows is not inserted.
    if [[ \${COMP_TYPE-} == 63 && -n $text ]]; then
      COMPREPLY+=("$quoted  $text")
    else
      _metrika_calls_add "$quoted"
    fi
  done < <(command metrika-calls completion "$1" 2>/dev/null)
}

_metrika_calls_files() {
  # Readline completes names of files itself, with their quotes. It sees only the text after =.
  if [[ -z $before || $COMP_WORDBREAKS == *=* ]]; then
    compopt -o default 2>/dev/null
    return
  fi
  local name
  compopt -o filenames 2>/dev/null
  while IFS= read -r name; do
    _metrika_calls_add "$name"
  done < <(compgen -f -- "$value")
}

_metrika_calls_values() {
  local list
  case $1 in
    '' | anything) ;;
    files) _metrika_calls_files ;;
    counters | profiles) _metrika_calls_known "$1" ;;
    *)
      _metrika_calls_list "$1"
      _metrika_calls_words "$list"
      ;;
  esac
}

# Notes an option that is on the line already.
_metrika_calls_note() {
  _metrika_calls_option "$1"
  if [[ $once == yes ]]; then given+="$flag "; fi
}

# Notes short options in one word, such as -qv or -c2215573.
_metrika_calls_short() {
  local rest=\${1#-}
  while [[ -n $rest ]]; do
    _metrika_calls_note "-\${rest:0:1}"
    rest=\${rest:1}
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
    --) ended=yes ;;
    --*=*) _metrika_calls_note "\${1%%=*}" ;;
    --*)
      _metrika_calls_note "$1"
      pending=$wants
      ;;
    -?*) _metrika_calls_short "$1" ;;
    *)
      if [[ -z $command ]]; then
        command=$1
      else
        count=$((count + 1))
      fi
      ;;
  esac
}

_metrika_calls_operand() {
  local kinds kind=
  read -ra kinds <<<"$operands"
  if ((count < \${#kinds[@]})); then
    kind=\${kinds[count]}
  elif [[ $more == yes ]]; then
    kind=\${kinds[\${#kinds[@]} - 1]}
  fi
  _metrika_calls_values "$kind"
}

_metrika_calls() {
  local IFS=$' \\t\\n' current= typed value before= word at isGlued=
  local pending= ended= command= count=0 given=' '
  local flag wants once list flags= operands= more=
  COMPREPLY=()
  # Bash cuts words at = and :. Here they are joined again.
  for ((at = 1; at <= COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    typed=$word
    if [[ -n $word && -z \${word//[=:]/} && at -gt 1 ]]; then
      current+=$word typed= isGlued=yes
    elif [[ -n $isGlued ]]; then
      current+=$word isGlued=
    else
      if ((at > 1)); then _metrika_calls_earlier "$current"; fi
      current=$word
    fi
  done
  case $typed in [\\"\\']*)
    typed=\${typed:1}
    current=\${current%"$typed"}
    current=\${current%?}$typed
    ;;
  esac
  _metrika_calls_command "$command"
  value=$current
  if [[ -n $pending ]]; then
    _metrika_calls_values "$pending"
  elif [[ -z $ended && $current == --*=* ]]; then
    value=\${current#*=}
    before=\${current%"$value"}
    _metrika_calls_option "\${current%%=*}"
    _metrika_calls_values "$wants"
  elif [[ -z $ended && $current == -* ]]; then
    _metrika_calls_flags
  elif [[ -z $command ]]; then
    _metrika_calls_list commands
    _metrika_calls_words "$list"
  else
    _metrika_calls_operand
  fi
}

if type compopt >/dev/null 2>&1; then
  complete -F _metrika_calls metrika-calls
else
  # Bash 3.2 cannot choose files later, so it offers files wherever nothing else fits.
  complete -o default -F _metrika_calls metrika-calls
fi
`;
