namespace OnnxPrune.Cli.Reports.Documents;

/// <summary>A report as people read it, apart from the form: <see cref="Markdown.MarkdownPage"/> and <see cref="Html.HtmlPage"/> write it.</summary>
/// <param name="Kind">What it is, such as <c>prune</c>.</param>
/// <param name="Title">What it is about: the model's file name.</param>
/// <param name="Lead">What became of it, in one sentence.</param>
/// <param name="Verdict">What came of checking it; null where nothing was checked.</param>
/// <param name="Headline">The figures that matter most.</param>
/// <param name="Sections">Everything else, the most important first.</param>
/// <param name="Tool">The program and its version.</param>
internal sealed record Document(
    string Kind, string Title, string Lead, Verdict? Verdict, IReadOnlyList<Figure> Headline, IReadOnlyList<Section> Sections, string Tool);

/// <summary>How a check came out.</summary>
internal enum Outcome
{
    /// <summary>It passed.</summary>
    Passed,

    /// <summary>It says nothing, or did not take place.</summary>
    Open,

    /// <summary>It failed.</summary>
    Failed,
}

/// <summary>What came of a check.</summary>
/// <param name="Outcome">How it came out.</param>
/// <param name="Word">The same in one or two words.</param>
/// <param name="Text">Its figures, in a sentence without a full stop.</param>
internal sealed record Verdict(Outcome Outcome, string Word, string Text);

/// <summary>One figure of the headline.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Before">Of the original; null where there is only one model.</param>
/// <param name="After">Of the result.</param>
/// <param name="Change">How they compare: what remains, or the difference; null where there is only one model.</param>
/// <param name="Share">What remains, 0 to 1, to be drawn; null where that says nothing.</param>
/// <param name="Of">What the share is: what is left of a cost, or the part of a time that is taken.</param>
internal sealed record Figure(string Name, string? Before, string After, string? Change = null, double? Share = null, string Of = "left");

/// <summary>Blocks under one heading.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Blocks">What is below it.</param>
/// <param name="Count">How many things are listed; null where none are.</param>
internal sealed record Section(string Title, IReadOnlyList<Block> Blocks, int? Count = null);
