namespace OnnxPrune.Cli.Completion;

/// <summary>A word that a command line may go on with.</summary>
/// <param name="Text">The whole word.</param>
/// <param name="Description">What it means; may be empty.</param>
internal sealed record Candidate(string Text, string Description = "")
{
    /// <summary>Stands for the files that the shell finds.</summary>
    public static Candidate Files { get; } = new(":files");

    /// <summary>The line that a shell's script reads: text, tab, description.</summary>
    public string Line => Description.Length == 0 ? Text : $"{Text}\t{Description}";
}
