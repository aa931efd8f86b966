using System.CommandLine;
using System.CommandLine.Invocation;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;

namespace OnnxPrune.Cli.Help;

/// <summary>The action of <c>--version</c>: prints the version; with <c>--verbose</c>, the output of <c>doctor</c>.</summary>
internal sealed class VersionPrinting : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        if (!parseResult.GetValue(CommonOptions.Verbose)) Console.Out.WriteLine(DoctorReport.ProgramVersion);
        else DoctorTable.Print(Terminal.Standard(Verbosity.Normal, parseResult.GetValue(GlobalOptions.Color)), DoctorReport.Of("doctor"));
        return ExitCode.Done;
    }
}
