using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <summary>
/// Masked equivalence of a small model in milliseconds: on its own weights, which are random already, at two batch sizes, in sessions
/// of one thread that leave the graph as it is.
/// </summary>
internal static class QuickCheck
{
    private const double LeastPower = 10;

    /// <summary>The verdict, and the error in units of the tolerance.</summary>
    public static (Verdict Verdict, double Error) Run(ModelAnalysis analysis, OnnxModel pruned, Cut kept)
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        using var original = Session(Rewriter.Mask(Cut.Nothing(analysis)), options);
        using var masked = Session(Rewriter.Mask(kept), options);
        using var smaller = Session(pruned, options);
        double error = 0, power = 0;
        for (int run = 0; run < 2; run++)
        {
            var inputs = InputGenerator.Create(analysis, run, seed: 7);
            var expected = Outputs(masked, inputs);
            error = Math.Max(error, Tolerance.Single.ErrorOf(Outputs(smaller, inputs), expected));
            power = Math.Max(power, Tolerance.Single.ErrorOf(Outputs(original, inputs), expected));
        }
        if (!(error <= 1)) return (Verdict.Failed, error);
        return (power >= LeastPower ? Verdict.Verified : Verdict.NotVerified, error);
    }

    private static InferenceSession Session(OnnxModel model, SessionOptions options) => new(model.Proto.ToByteArray(), options);

    private static HostTensor Outputs(InferenceSession session, IReadOnlyDictionary<string, HostTensor> inputs)
    {
        var values = inputs.Values.Select(t => t.ToOrtValue()).ToList();
        using var options = new RunOptions();
        using var results = session.Run(options, inputs.Keys.ToList(), values, session.OutputNames);
        values.ForEach(v => v.Dispose());
        return HostTensor.FromOrtValue(results.Single());
    }
}
