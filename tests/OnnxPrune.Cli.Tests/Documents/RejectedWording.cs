using System.Text.RegularExpressions;

namespace OnnxPrune.Cli.Tests.Documents;

/// <summary>A turn of phrase that documents, help and comments must not use.</summary>
/// <param name="Pattern">A regular expression. Case counts only where it begins a sentence.</param>
/// <param name="Instead">What to write instead.</param>
internal sealed record RejectedWording(string Pattern, string Instead)
{
    /// <summary>All of them. To reject another one, add a line here and an example to <see cref="WordingTests"/>.</summary>
    public static IReadOnlyList<RejectedWording> All { get; } =
    [
        new(@"\b(tells?|told|telling)\b", "A program says, shows, prints, reports or indicates something."),
        new(@"\b(made|makes?|making) up for\b", "Compensate."),
        new(@"\b(is|are|was|were) worth\b", "Name the quantity: importance, loss, effect."),
        new(@"\bwhat (is|was|were|are) (left|gone)\b|\bwhat remains\b", "Name the thing: the remaining channels, the removed channels."),
        new(@"\b(is|are|was|were) gone\b", "Removed."),
        new(@"\bwhat there is\b|\bwhat (became|comes|came) of\b", "Name the thing: the result, the outcome."),
        new(@"\bthat which\b|\bnone that\b", "Name the thing, in a sentence with one verb."),
        new(@"(?<!\bthere )\b(is|are) (none|no (?!longer\b|more\b|less\b|better\b|faster\b|smaller\b|larger\b))",
            "Write 'is not a' or 'does not'."),
        new(@"\bno such\b(?! \w)|\bsuch(?=\s*[.,;:)]|\s+(is|are|was|were|has|have|can|may|must|will)\b)", "'Such' is not a pronoun: repeat the noun."),
        new(@"\bit all\b|\ball of it\b|\ball the same\b", "Repeat the noun; 'anyway' or 'still' for 'all the same'."),
        new(@"\bas (much|many) as\b", "Write 'up to', 'equal to' or 'the same number of'."),
        new(@"\bwhatever\b|\bhowever (large|long|many|odd)\b", "Say which ones: any, every, all."),
        new(@"(?-i)(?:^|(?<=[.!?:] )|(?<=\| ))(Of|From|With|Behind|Before) (?!course\b)[a-z]+( [a-z]+){0,3} (the|a|an|one|all|every) ",
            "Begin with the subject, not with a fronted phrase."),
        new(@"(?-i)(?:^|(?<=[.!?:] ))Of ", "Begin with the subject, not with 'Of ...'."),
        new(@"\bbut for\b", "Except."),
        new(@"\bbehind (the|it|its|them|each|one|which|that)\b", "'After', for an order."),
        new(@"\bmiss(es)? (the )?(least|most)\b|\blearned? (by|from) data\b", "Use the terms of the field: importance, calibration."),
        new(@"\b(goes?|do|does|did) without\b|\bgo(es)? by\b", "Skip, omit, use."),
        new(@"\bas (it|they) (is|are)(?=[.,;:)])", "Unchanged."),
        new(@"(?-i)^What (?!if\b)", "Name the thing: the report, the decision, the missing parts."),
        new(@"\b(null|true|false|zeros?|empty) (where|when)\b", "'If', for a condition."),
        new(@"\b(is|are|was|were) asked for\b|\bnobody\b|\bsays? otherwise\b", "'Requested', or name the option, the default or the case without one."),
        new(@"\b(made|makes?|making) up\b(?! for\b)", "Generate, random."),
        new(@"\bput(s|ting)? together\b", "Combine."),
        new(@"\bleft (alone|whole)\b", "Say what happens: not pruned, not changed, keeps all channels."),
        new(@"\bof (its|their) own\b", "Separate, another, own."),
        new(@"\bwhole or not at all\b", "Completely or not at all."),
        new(@"\bchannels? (that )?((may|can|must) )?leaves?\b", "A channel is removed."),
        new(@"\bas people read (it|them)\b|\bworth (copying|knowing)\b", "Name the format: text, table, document."),
    ];

    /// <summary>The first match in a text, with the words around it; null without a match.</summary>
    public string? In(string text)
    {
        var match = Regex.Match(text, Pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        if (!match.Success) return null;
        int from = Math.Max(0, match.Index - 30), to = Math.Min(text.Length, match.Index + match.Length + 30);
        return $"'...{text[from..to]}...': {Instead}";
    }
}
