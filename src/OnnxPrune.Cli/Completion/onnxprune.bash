# Completes onnxprune in bash. Load it with: source <(onnxprune completion bash)
_onnxprune() {
    local line="${COMP_LINE:0:COMP_POINT}" breaks="" word description
    local current="${line##*[[:space:]]}"
    # Bash breaks words at these characters, and replaces only what comes after the last one.
    [[ $COMP_WORDBREAKS == *=* ]] && breaks+="="
    [[ $COMP_WORDBREAKS == *:* ]] && breaks+=":"
    local typed=""
    [[ -n $breaks ]] && typed="${current%"${current##*[$breaks]}"}"
    COMPREPLY=()
    while IFS=$'\t' read -r word description; do
        if [[ $word == :files ]]; then
            compopt -o filenames 2>/dev/null
            while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "${current##*[=]}")
        else
            COMPREPLY+=("${word#"$typed"}")
        fi
    done < <("${COMP_WORDS[0]}" complete "$line" 2>/dev/null)
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=:] ]] && compopt -o nospace 2>/dev/null
    return 0
}
complete -F _onnxprune onnxprune
