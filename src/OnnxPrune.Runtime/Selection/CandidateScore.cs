using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Layouts;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Recovery;

namespace OnnxPrune.Runtime.Selection;

/// <summary>
/// Scores an allocation by pruning with it and recovering: the error of the outputs, or what a command says of the model. Lower is better.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="domain">The model on calibration data; candidates are fitted to few of them.</param>
/// <param name="methods">How candidates are recovered; null for the usual way.</param>
/// <param name="provider">The execution provider.</param>
/// <param name="metric">Measures candidates; null for the error of the outputs.</param>
internal sealed class CandidateScore(
    ModelAnalysis model, CalibrationDomain domain, RecoveryMethods? methods, ExecutionProvider provider, MetricCommand? metric)
{
    private const int Samples = 384;
    private readonly CalibrationDomain few = domain.Take(Samples);

    /// <summary>Identifies the metric and the data, because the state of a search is valid for only one objective.</summary>
    public string Objective =>
        string.Join(' ', metric is null ? "output error" : metric.Text, domain.Data.Hash, methods is { } m ? RecoveryMethodNames.Format(m) : "auto");

    /// <summary>The score of masks.</summary>
    /// <param name="curves">The curves of the groups, in the order of the masks.</param>
    /// <param name="masks">A mask per curve.</param>
    /// <param name="cancellation">Ends the work.</param>
    public double Of(IReadOnlyList<GroupCurve> curves, IReadOnlyList<bool[]> masks, CancellationToken cancellation)
    {
        var cut = Cut.Of(model, curves.Zip(masks, (curve, mask) => KeyValuePair.Create(curve.Group, mask)));
        var recovered = AccuracyRecovery.Run(
            few, Rewriter.Prune(cut), cut, methods, new ReconstructionOptions(), provider, cancellation: cancellation);
        return metric is null ? recovered.ErrorAfter : -metric.Measure(recovered.Model, cancellation);
    }
}
