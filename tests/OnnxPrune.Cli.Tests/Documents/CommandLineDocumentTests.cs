using OnnxPrune.Cli.Completion;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Documents;

/// <summary>docs/command-line.md says what the command does.</summary>
public class CommandLineDocumentTests
{
    private const string Name = "docs/command-line.md";

    private static string Document => File.ReadAllText(Path.Combine(RepositoryRoot.Path, Name));

    [Fact]
    public void The_reference_is_that_of_the_commands() => GeneratedDocument.CheckPart(Name, "reference", CommandReference.Text());

    [Fact]
    public void The_lines_that_install_completion_are_those_of_the_command()
    {
        string document = Document.Replace("\\|", "|", StringComparison.Ordinal);

        Assert.All(TaughtCommand.Of(Understood.Commands["completion"]), e => Assert.Contains($"`{e.Line}`", document, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_shell_has_a_script() => Assert.All(Enum.GetValues<Shell>(), shell => Assert.NotEqual("", CompletionCommand.Script(shell)));
}
