namespace OnnxPrune.Cli.Reports;

/// <summary>Prints a <see cref="DoctorReport"/> for people.</summary>
internal static class DoctorTable
{
    /// <summary>The machine, the providers, and what is missing.</summary>
    public static void Print(Terminal terminal, DoctorReport report)
    {
        terminal.Table(["", ""], Facts(report).Select(fact => (string[])[fact.Name, fact.Value]));
        foreach (var provider in report.Providers) terminal.Line($"{provider.Name}: {State(provider)}");
        foreach (string line in report.Providers.SelectMany(Cures).Distinct()) terminal.Line(line);
    }

    /// <summary>Versions and the machine.</summary>
    public static IReadOnlyList<(string Name, string Value)> Facts(DoctorReport report) =>
    [
        ("onnxprune", report.Version),
        (".NET", report.DotNet),
        ("ONNX Runtime", report.OnnxRuntime ?? "cannot be loaded"),
        ("system", $"{report.System}, {report.Platform}"),
        ("processor", $"{report.Processor}, threads {report.Threads}"),
        ("instructions", report.Instructions.Count > 0 ? string.Join(", ", report.Instructions) : "none of AVX2, AVX-512 and NEON"),
    ];

    /// <summary>Whether models run on a provider, and why not.</summary>
    public static string State(ProviderReport provider) => provider.Problem is null ? "models run" : $"models do not run: {provider.Problem}";

    /// <summary>The missing parts of a provider, and how to install them.</summary>
    public static IEnumerable<string> Cures(ProviderReport provider) =>
        provider.Missing.Select(part => $"missing: {part.What}{(part.Files.Count == 0 ? "" : $" ({string.Join(", ", part.Files)})")}; {part.Cure}");
}
