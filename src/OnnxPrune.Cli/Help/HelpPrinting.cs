using System.CommandLine;
using System.CommandLine.Invocation;
using OnnxPrune.Cli.Options;

namespace OnnxPrune.Cli.Help;

/// <summary>The action of <c>--help</c>.</summary>
internal sealed class HelpPrinting : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Print(parseResult, parseResult.CommandResult.Command);
        return ExitCode.Done;
    }

    /// <summary>Prints the help of a command on standard output.</summary>
    public static void Print(ParseResult parsed, Command command) =>
        Console.Out.Write(HelpPage.For(StreamStyle.OfOutput(parsed.GetValue(GlobalOptions.Color)), Console.Out).Full(command));
}
