using System.CommandLine;
using OnnxPrune.Cli.Commands;
using OnnxPrune.Cli.Options;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Cli;

/// <summary>The command <c>onnxprune</c> with its sub-commands.</summary>
internal static class CommandLine
{
    /// <summary>Parses the arguments, runs the command, and returns its <see cref="ExitCode"/>.</summary>
    public static int Run(string[] args, CancellationToken cancellation)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0) return ReportWrongUsage(parsed);
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return parsed.InvokeAsync(configuration, cancellation).GetAwaiter().GetResult();
    }

    private static RootCommand Root() => new("Makes ONNX models smaller: removes channels consistently everywhere, and proves it by execution.")
    {
        HelpName = "onnxprune",
        Options = { CommonOptions.Verbose },
        Subcommands =
        {
            PruneCommand.Create(),
            InspectCommand.Create(),
            PlanCommand.Create(),
            ApplyCommand.Create(),
            VerifyCommand.Create(),
            EvalCommand.Create(),
            BenchCommand.Create(),
        },
    };

    private static int ReportWrongUsage(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
            Console.Error.WriteLine(new Diagnostic(Severity.Error, ErrorCodes.InvalidOption, error.Message));
        var command = parsed.CommandResult.Command;
        string name = command is RootCommand ? "onnxprune" : $"onnxprune {command.Name}";
        Console.Error.WriteLine($"Run '{name} --help' for its usage.");
        return ExitCode.WrongUsage;
    }
}
