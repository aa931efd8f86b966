using System.CommandLine;
using System.CommandLine.Parsing;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Cli.Completion;

/// <summary><c>onnxprune completion SHELL</c>: prints the completion script of a shell.</summary>
internal static class CompletionCommand
{
    private const string Shells = "bash|zsh|pwsh";

    private static readonly Argument<Shell> For = new("SHELL")
    {
        HelpName = Shells,
        Description = $"The shell: {Shells}.",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = Parse,
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "completion",
            "Prints a script that enables shell completion of commands, options and values.",
            new("source <(onnxprune completion bash)", "in ~/.bashrc"),
            new("source <(onnxprune completion zsh)", "in ~/.zshrc, after compinit"),
            new("onnxprune completion pwsh | Out-String | Invoke-Expression", "in the profile of PowerShell")) { For };
        command.SetAction(parsed =>
        {
            Console.Out.Write(Script(parsed.GetRequiredValue(For)));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The completion script of a shell.</summary>
    public static string Script(Shell shell)
    {
        string name = $"onnxprune.{shell.ToString().ToLowerInvariant()}";
        using var script = new StreamReader(typeof(CompletionCommand).Assembly.GetManifestResourceStream(name)!);
        return script.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static Shell Parse(ArgumentResult result)
    {
        try
        {
            return OptionValues.OneOf<Shell>(result.Tokens[0].Value);
        }
        catch (OnnxPruneException e)
        {
            result.AddError($"SHELL: {e.Message}{ValueNotation.Parse(Shells).Question(result.Tokens[0].Value)}");
            return default;
        }
    }
}
