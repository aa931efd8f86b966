using System.CommandLine;
using System.CommandLine.Help;
using OnnxPrune.Cli.Commands;
using OnnxPrune.Cli.Completion;
using OnnxPrune.Cli.Configuration;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Usage;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Cli;

/// <summary>The command <c>onnxprune</c> with its sub-commands.</summary>
internal static class CommandLine
{
    /// <summary>Parses the arguments, runs the command, and returns its <see cref="ExitCode"/>.</summary>
    public static int Run(string[] args, CancellationToken cancellation) => Run(Root(), args, cancellation);

    /// <summary>The same with a tree of commands that is there already; several runs may share one.</summary>
    public static int Run(RootCommand root, string[] args, CancellationToken cancellation)
    {
        if (args.Length == 0)
        {
            Console.Error.Write(HelpPage.For(StreamStyle.OfError(ColorMode.Auto), Console.Error).Brief(root));
            return ExitCode.WrongUsage;
        }
        var parsed = root.Parse(args);
        if (parsed.Action is { ClearsParseErrors: true }) return Invoke(parsed, cancellation);
        try
        {
            var configured = ConfiguredArguments.Of(root, args, parsed);
            parsed = root.Parse(configured.Arguments);
            var errors = UsageErrors.Of(parsed);
            return errors.Count > 0 ? Report(parsed, errors, configured.Places) : Invoke(parsed, cancellation);
        }
        catch (OnnxPruneException e)
        {
            Messages.Write(new Diagnostic(Severity.Error, e.Code, e.Message, e.File), parsed.GetValue(GlobalOptions.Color));
            return ExitCode.WrongUsage;
        }
    }

    /// <summary>The whole tree of commands.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("Prunes ONNX models structurally and verifies every result by execution.")
        {
            HelpName = CommandTree.Program,
            Subcommands =
            {
                PruneCommand.Create(),
                InspectCommand.Create(),
            MacsCommand.Create(),
                PlanCommand.Create(),
                ApplyCommand.Create(),
            ExportPlanCommand.Create(),
                VerifyCommand.Create(),
                EvalCommand.Create(),
                BenchCommand.Create(),
                SensitivityCommand.Create(),
                DoctorCommand.Create(),
                CompletionCommand.Create(),
            },
        };
        root.Subcommands.Add(HelpCommand.Create(root));
        root.Subcommands.Add(CompleteCommand.Create(root));
        foreach (var option in GlobalOptions.All) root.Options.Add(option);
        var help = root.Options.OfType<HelpOption>().Single();
        (help.Action, help.Description) = (new HelpPrinting(), "Print this help.");
        var version = root.Options.OfType<VersionOption>().Single();
        (version.Action, version.Description) = (new VersionPrinting(), "Print the version; with --verbose, all that doctor prints.");
        return root;
    }

    private static int Invoke(ParseResult parsed, CancellationToken cancellation)
    {
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return parsed.InvokeAsync(configuration, cancellation).GetAwaiter().GetResult();
    }

    private static int Report(ParseResult parsed, IReadOnlyList<UsageError> errors, IReadOnlyDictionary<Option, string> places)
    {
        foreach (var error in errors)
        {
            string? place = error.Option is { } option ? places.GetValueOrDefault(option) : null;
            string code = place is null ? ErrorCodes.InvalidOption : ErrorCodes.InvalidConfiguration;
            Messages.Write(new Diagnostic(Severity.Error, code, error.Message, place), parsed.GetValue(GlobalOptions.Color));
        }
        Console.Error.WriteLine($"Run '{CommandTree.Path(parsed.CommandResult.Command)} --help' for its usage.");
        return ExitCode.WrongUsage;
    }
}
