namespace OnnxPrune.Cli.Reports.Documents;

/// <summary>A report for people, independent of its format. <see cref="Markdown.MarkdownPage"/> and <see cref="Html.HtmlPage"/> write it.</summary>
/// <param name="Kind">The kind of report, such as <c>prune</c>.</param>
/// <param name="Title">The title: the model's file name.</param>
/// <param name="Lead">A summary in one or two sentences.</param>
/// <param name="Verdict">The result of the verification; null without verification.</param>
/// <param name="Headline">The most important figures.</param>
/// <param name="Sections">The sections, most important first.</param>
/// <param name="Tool">The program and its version.</param>
internal sealed record Document(
    string Kind, string Title, string Lead, Finding? Verdict, IReadOnlyList<Figure> Headline, IReadOnlyList<Section> Sections, string Tool);

/// <summary>The outcome of a check.</summary>
internal enum Outcome
{
    /// <summary>The check passed.</summary>
    Passed,

    /// <summary>The check is not conclusive or was skipped.</summary>
    Open,

    /// <summary>The check failed.</summary>
    Failed,
}

/// <summary>The result of a check.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Word">The outcome in one or two words.</param>
/// <param name="Text">The details, without a full stop.</param>
internal sealed record Finding(Outcome Outcome, string Word, string Text);

/// <summary>One figure of the headline.</summary>
/// <param name="Name">The name of the figure.</param>
/// <param name="Before">The original's figure; null if there is only one model.</param>
/// <param name="After">The result's figure.</param>
/// <param name="Change">The remaining share or the difference; null if there is only one model.</param>
/// <param name="Share">The remaining share to draw, 0 to 1; null if there is nothing to draw.</param>
/// <param name="Of">The words after the share.</param>
internal sealed record Figure(string Name, string? Before, string After, string? Change = null, double? Share = null, string Of = "remaining");

/// <summary>A section with a heading.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Blocks">The content.</param>
/// <param name="Count">The number of listed items; null if the section lists none.</param>
internal sealed record Section(string Title, IReadOnlyList<Block> Blocks, int? Count = null);
