using System.CommandLine;

namespace OnnxPrune.Cli.Completion;

/// <summary><c>onnxprune complete LINE</c>: prints one candidate per line for the completion scripts.</summary>
internal static class CompleteCommand
{
    /// <summary>The command for this root.</summary>
    public static Command Create(RootCommand root)
    {
        var line = new Argument<string>("LINE") { Description = "The command line up to the cursor." };
        var command = new Command("complete", "Completes a command line for the completion scripts.") { line };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            foreach (var candidate in Completer.Complete(root, parsed.GetRequiredValue(line))) Console.Out.Write(candidate.Line + "\n");
            return ExitCode.Done;
        });
        return command;
    }
}
