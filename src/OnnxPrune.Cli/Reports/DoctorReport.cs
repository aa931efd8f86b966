using System.Reflection;
using System.Runtime.InteropServices;
using OnnxPrune.Cli.Machines;
using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Cli.Reports;

/// <summary>The report of <c>doctor</c>.</summary>
/// <param name="Command">The command that made it.</param>
/// <param name="Version">The version of the program, with its revision if the revision is known.</param>
/// <param name="DotNet">The version of .NET that runs the program.</param>
/// <param name="OnnxRuntime">The version of ONNX Runtime; null if its native library cannot be loaded.</param>
/// <param name="System">The operating system.</param>
/// <param name="Platform">The platform as packages name it, such as <c>linux-x64</c>.</param>
/// <param name="Processor">The processor.</param>
/// <param name="Threads">The number of threads that run at the same time.</param>
/// <param name="Instructions">The vector instruction sets of the processor.</param>
/// <param name="Providers">The execution providers, the processor first.</param>
internal sealed record DoctorReport(
    string Command,
    string Version,
    string DotNet,
    string? OnnxRuntime,
    string System,
    string Platform,
    string Processor,
    int Threads,
    IReadOnlyList<string> Instructions,
    IReadOnlyList<ProviderReport> Providers) : Report(Command)
{
    /// <summary>The version of the program.</summary>
    public static string ProgramVersion { get; } =
        typeof(DoctorReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Tries everything on this machine.</summary>
    public static DoctorReport Of(string command) => new(
        command,
        ProgramVersion,
        Environment.Version.ToString(),
        RuntimeProbe.Version(),
        RuntimeInformation.OSDescription,
        RuntimeInformation.RuntimeIdentifier,
        Machines.Processor.Name(),
        Environment.ProcessorCount,
        Machines.Processor.Instructions(),
        [.. RuntimeProbe.Providers.Select(ProviderReport.Of)]);

    /// <inheritdoc/>
    public override Document ToDocument() => DoctorDocument.Of(this);
}

/// <summary>One execution provider.</summary>
/// <param name="Name">Its name in <c>--provider</c>.</param>
/// <param name="Works">True if a small model ran on the provider.</param>
/// <param name="Problem">The reason why the model did not run; null if it ran.</param>
/// <param name="Missing">The parts that the provider needs and that this machine does not have.</param>
internal sealed record ProviderReport(string Name, bool Works, string? Problem, IReadOnlyList<MissingPart> Missing)
{
    /// <summary>Tries a provider.</summary>
    public static ProviderReport Of(string name)
    {
        string? problem = RuntimeProbe.Problem(name);
        return new(name, problem is null, problem, problem is null ? [] : ProviderNeeds.Missing(name));
    }
}
