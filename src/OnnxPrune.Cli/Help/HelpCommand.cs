using System.CommandLine;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Usage;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Cli.Help;

/// <summary><c>onnxprune help COMMAND</c>: the same as <c>onnxprune COMMAND --help</c>.</summary>
internal static class HelpCommand
{
    /// <summary>The command for this root.</summary>
    public static Command Create(RootCommand root)
    {
        var names = CommandTree.Commands(root).Select(c => c.Name).ToList();
        var topic = new Argument<string?>("COMMAND")
        {
            HelpName = string.Join('|', names),
            Description = "The command to describe (default: list all commands).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new TaughtCommand(
            "help",
            "Shows the help of a command.",
            new("onnxprune help", "lists the commands"),
            new("onnxprune help prune", "shows the help of prune")) { topic };
        command.SetAction(parsed => Run(parsed, root, parsed.GetValue(topic)));
        return command;
    }

    private static int Run(ParseResult parsed, RootCommand root, string? topic)
    {
        var named = topic is null ? root : CommandTree.Commands(root).FirstOrDefault(c => c.Name == topic);
        if (named is not null)
        {
            HelpPrinting.Print(parsed, named);
            return ExitCode.Done;
        }
        var names = CommandTree.Commands(root).Select(c => c.Name).ToList();
        var error = new Diagnostic(Severity.Error, ErrorCodes.InvalidOption, UsageErrors.UnknownCommand(topic!, names));
        Messages.Write(error, parsed.GetValue(GlobalOptions.Color));
        return ExitCode.WrongUsage;
    }
}
