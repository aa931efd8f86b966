using System.CommandLine;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Cli.Usage;

namespace OnnxPrune.Cli.Tests.CommandLines;

public class HelpTests
{
    public static TheoryData<string> Commands => [.. Understood.Commands.Keys];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_two_to_four_examples_that_the_parser_understands(string name)
    {
        var examples = TaughtCommand.Of(Understood.Commands[name]);

        Assert.InRange(examples.Count, 2, 4);
        Assert.All(examples, example => Assert.Empty(Understood.Errors(Typed(example.Line))));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_option_has_a_sentence_and_a_choice_that_may_be_left_out_has_a_default(string name)
    {
        var options = CommandTree.Options(Understood.Commands[name]).ToList();
        var choices = options.Where(o => ValueNotation.Of(o).Choices.Count() > 1 && !o.Required && o.Name != "--budget");

        Assert.All(options, option => Assert.EndsWith(".", option.Description, StringComparison.Ordinal));
        Assert.All(choices, option => Assert.Contains("(default", option.Description, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_word_that_help_offers_is_accepted(string name)
    {
        var words = from option in CommandTree.Options(Understood.Commands[name])
                    from alternative in ValueNotation.Of(option).Alternatives
                    where alternative.Form is ValueForm.Word or ValueForm.List
                    from word in alternative.Words
                    select (option, word);

        Assert.All(words, w => Assert.DoesNotContain(
            Understood.Errors(name, w.option.Name, w.word), error =>
                error.Option == w.option && error.Message.Contains($"'{w.word}'", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Examples_come_first_and_lines_are_no_wider_than_the_page(string name)
    {
        string page = new HelpPage(StreamStyle.Plain, 80).Full(Understood.Commands[name]);

        Assert.InRange(page.IndexOf("Examples:", StringComparison.Ordinal), 1, page.IndexOf("Usage:", StringComparison.Ordinal));
        var broken = page.Split('\n').Where(line => !line.Contains("  onnxprune ", StringComparison.Ordinal) && line.TrimStart().Contains(' '));
        Assert.All(broken, line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void Options_stand_in_named_sections()
    {
        string page = new HelpPage(StreamStyle.Plain, 80).Full(Understood.Commands["prune"]);

        string[] titles = ["Budget and selection:", "Calibration and recovery:", "Execution and verification:", "Output:", "General:"];
        Assert.Equal(titles, page.Split('\n').Where(titles.Contains));
        Assert.Contains("  --scope global|local|dp|search  How to divide", page, StringComparison.Ordinal);
        Assert.Contains("-o, --output FILE  Required.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Titles_are_bold_where_colours_are_shown()
    {
        var page = new HelpPage(new StreamStyle(IsPlain: false, HasColors: true), 80);

        Assert.Contains("\e[1mUsage:\e[0m\n", page.Full(Understood.Root), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_on_a_command_is_its_help()
    {
        string help = Tool.Run("help", "prune").Succeeded().Output;

        Assert.Equal(Tool.RunProcess("prune", "--help").Succeeded().Output, help);
        Assert.Contains("--max-sparsity SHARE", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_on_a_command_that_there_is_not()
    {
        var result = Tool.Run("help", "prnue");

        result.FailedWith("OP2001", exitCode: 2);
        Assert.EndsWith("there is no command 'prnue'; did you mean 'prune'?\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_arguments_the_commands_are_listed_as_wrong_usage()
    {
        var result = Tool.RunProcess();

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.All(Understood.Commands.Keys, name => Assert.Contains($"\n  {name} ", result.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void The_version_is_a_number() => Assert.Matches(@"^\d+\.\d+\.\d+", Tool.RunProcess("--version").Succeeded().Output);

    // What a shell would make of it.
    private static string Typed(string line) =>
        line.StartsWith("source <(", StringComparison.Ordinal) ? line["source <(".Length..^1] : line.Split(" | ")[0];
}
