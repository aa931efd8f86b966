#compdef onnxprune
# Completes onnxprune in zsh. Load it after compinit with: source <(onnxprune completion zsh)
_onnxprune() {
    local line="${(j: :)words[1,CURRENT-1]} $PREFIX" word description files=""
    local -a texts shown open
    while IFS=$'\t' read -r word description; do
        if [[ $word == :files ]]; then
            files=1
        elif [[ $word == *[=:] ]]; then
            open+=("$word")
        else
            texts+=("$word")
            shown+=("$word${description:+  -- $description}")
        fi
    done < <("${words[1]}" complete "$line" 2>/dev/null)
    (( $#texts )) && compadd -l -d shown -a texts
    (( $#open )) && compadd -S '' -a open
    if [[ -n $files ]]; then
        compset -P '*='
        _files
    fi
    return 0
}
if [[ ${funcstack[1]} == _onnxprune ]]; then
    _onnxprune "$@"
else
    compdef _onnxprune onnxprune
fi
