using System.CommandLine;
using System.Text;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Cli.Usage;

namespace OnnxPrune.Cli.Tests.Documents;

/// <summary>The reference of all commands in docs/command-line.md, made from the tree of commands.</summary>
internal static class CommandReference
{
    private const string Shared = "General";

    /// <summary>Its text, in Markdown.</summary>
    public static string Text()
    {
        var text = new StringBuilder();
        foreach (var command in Understood.Commands.Values) Append(text, command);
        text.Append("\n### Options of every command\n").Append(Table(OptionSection.Of(Understood.Root).Single(s => s.Title == Shared)));
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, Command command)
    {
        text.Append($"\n### onnxprune {command.Name}\n\n{command.Description}\n\n```\n");
        foreach (var example in TaughtCommand.Of(command)) text.Append($"# {example.Purpose}\n{example.Line}\n");
        text.Append("```\n");
        if (command.Arguments.Count > 0) text.Append("\n| argument | meaning |\n| --- | --- |\n");
        foreach (var argument in CommandTree.Arguments(command)) text.Append($"| `{argument.Name}` | {Cell(argument.Description)} |\n");
        foreach (var section in OptionSection.Of(command).Where(s => s.Title != Shared)) text.Append($"\n{section.Title}:\n").Append(Table(section));
    }

    private static string Table(OptionSection section)
    {
        var rows = section.Options.Select(o => $"| `{Cell(OptionText.Label(o))}` | {Cell(OptionText.Description(o))} |\n");
        return "\n| option | meaning |\n| --- | --- |\n" + string.Concat(rows);
    }

    private static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal);
}
