using System.Text.RegularExpressions;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Documents;

/// <summary>Documents, help, messages and comments are plain English: they use none of the turns in <see cref="RejectedWording"/>.</summary>
public sealed partial class WordingTests
{
    // Folders with a file pattern. In C# files, comments and string literals are checked. Add a line here to check more files.
    private static readonly (string Folder, string Files, SearchOption Depth)[] Checked =
    [
        ("", "*.md", SearchOption.TopDirectoryOnly),
        ("docs", "*.md", SearchOption.TopDirectoryOnly),
        ("benchmarks", "*.md", SearchOption.AllDirectories),
        ("models", "*.md", SearchOption.AllDirectories),
        ("src", "README.md", SearchOption.AllDirectories),
        ("src/OnnxPrune.Cli", "*.cs", SearchOption.AllDirectories),
        ("src/OnnxPrune.MSBuild", "*.cs", SearchOption.AllDirectories),
    ];

    // Folders in which every C# file that declares a public type is checked: its comments document the library.
    private static readonly string[] Libraries = ["src/OnnxPrune", "src/OnnxPrune.Runtime"];

    public static TheoryData<string> Files => [.. Checked
        .SelectMany(set => Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, set.Folder), set.Files, set.Depth))
        .Concat(Libraries.SelectMany(PublicTypes))
        .Select(path => Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/'))
        .Where(path => !Built().IsMatch(path))
        .Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_plain_english(string file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, file));
        bool isCode = file.EndsWith(".cs", StringComparison.Ordinal);
        var rejected = from line in lines.Index()
                       from reason in Rejected(isCode ? Prose(line.Item) : line.Item)
                       select $"{file}({line.Index + 1}): {reason}";
        Assert.Empty(rejected);
    }

    [Fact]
    public void The_help_is_plain_english()
    {
        string[] lines = [.. CommandReference.Text().Split('\n'), Understood.Root.Description!, .. Understood.Root.Options.Select(OptionText.Description)];
        Assert.Empty(lines.SelectMany(Rejected));
    }

    [Theory]
    [InlineData("An axis of more indices is none that a model runs with.")]
    [InlineData("What declares such is not folded.")]
    [InlineData("Tells the model, its weights and the data from others.")]
    [InlineData("256 images told which channels the outputs miss least.")]
    [InlineData("How it was made up for.")]
    [InlineData("Half of what is left.")]
    [InlineData("Of a group, all places are found.")]
    [InlineData("It is written all the same.")]
    [InlineData("Fewer operations are no guarantee.")]
    [InlineData("It can lie above it by as much as the measurement varies.")]
    [InlineData("What was decided: the cut.")]
    [InlineData("The budget; null where a plan decides.")]
    [InlineData("A note for what was asked for.")]
    [InlineData("Where the cache is unless someone says otherwise.")]
    [InlineData("Inputs that cannot be made up.")]
    [InlineData("How the occurrences are put together.")]
    [InlineData("Both sides are left alone.")]
    [InlineData("The weights are in files of their own.")]
    [InlineData("Writes the plan, whole or not at all.")]
    [InlineData("All channels leave together.")]
    [InlineData("The criterion that the selection goes by.")]
    public void What_must_go_is_rejected(string sentence) => Assert.NotEmpty(Rejected(sentence));

    [Theory]
    [InlineData("There is no cache, such as a folder.")]
    [InlineData("The group keeps such a channel, and the file is no longer read.")]
    [InlineData("Half of the remaining channels are removed.")]
    [InlineData("What if the file is missing?")]
    public void Plain_english_is_accepted(string sentence) => Assert.Empty(Rejected(sentence));

    [Fact]
    public void In_code_only_comments_and_texts_are_checked() =>
        Assert.Equal("a text a comment", Prose("int tells = Of(\"a text\"); // a comment"));

    [Fact]
    public void A_sentence_begins_after_the_tag_of_a_comment() =>
        Assert.NotEmpty(Rejected(Prose("    /// <param name=\"Kind\">Of what.</param>")));

    private static IEnumerable<string> Rejected(string line) => RejectedWording.All.Select(wording => wording.In(line)).OfType<string>();

    private static IEnumerable<string> PublicTypes(string folder) =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => File.ReadLines(path).Any(line => line.StartsWith("public ", StringComparison.Ordinal)));

    private static string Prose(string line) =>
        string.Join(' ', Parts().Matches(line).Select(part => Tag().Replace(part.Value, "").Trim('"', '/', ' ')));

    [GeneratedRegex(@"(^|/)(bin|obj)/")]
    private static partial Regex Built();

    [GeneratedRegex("""("([^"\\]|\\.)*")|(//.*$)""")]
    private static partial Regex Parts();

    [GeneratedRegex("</?(summary|remarks|returns|exception|param|typeparam)[^>]*>")]
    private static partial Regex Tag();
}
