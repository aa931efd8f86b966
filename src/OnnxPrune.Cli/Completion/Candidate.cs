namespace OnnxPrune.Cli.Completion;

/// <summary>A candidate for the completion of a word.</summary>
/// <param name="Text">The complete word.</param>
/// <param name="Description">Its description; may be empty.</param>
internal sealed record Candidate(string Text, string Description = "")
{
    /// <summary>A placeholder for which the shell offers files.</summary>
    public static Candidate Files { get; } = new(":files");

    /// <summary>The line that the completion scripts read: text, tab, description.</summary>
    public string Line => Description.Length == 0 ? Text : $"{Text}\t{Description}";
}
