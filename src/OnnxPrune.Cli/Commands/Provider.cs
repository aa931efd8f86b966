using OnnxPrune.Cli.Options;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Cli.Commands;

/// <summary>The execution provider of a run.</summary>
internal static class Provider
{
    /// <summary>The requested provider, the CPU by default, with the libraries of --custom-ops.</summary>
    public static ExecutionProvider Of(Invocation run) =>
        (run.Value(RuntimeOptions.Provider) ?? ExecutionProvider.Cpu) with { CustomOps = run.Value(RuntimeOptions.CustomOps) ?? [] };
}
