using OnnxPrune.Cli.Reports;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;

namespace OnnxPrune.Cli.Export;

/// <summary>A weight that a plan cuts, with the data that identify its PyTorch counterpart.</summary>
/// <param name="Cut">The weight.</param>
/// <param name="Operator">The operator of the node that reads it; null if it is unknown.</param>
/// <param name="IsShared">True if other nodes read the same tensor; exporters merge equal tensors.</param>
/// <param name="Alike">The tensors with the same or the transposed shape, in the order in which nodes read them.</param>
/// <param name="Torch">The name that the user gives; null if there is none.</param>
internal sealed record TorchWeight(CutWeight Cut, Operator? Operator, bool IsShared, IReadOnlyList<string> Alike, string? Torch)
{
    /// <summary>The number of elements in the fingerprint.</summary>
    private const int Samples = 16;

    private Onnx.TensorProto Tensor => Cut.Value.Initializer!;

    /// <summary>The weight as a Python dictionary.</summary>
    public PythonText ToPython()
    {
        double[] values = Tensors.Doubles(Tensor);
        var keep = Cut.Masks.Index().Where(m => m.Item is not null).Select(m => ($"{m.Index}", PythonText.Of(KeptRanges.Format(m.Item!))));
        return PythonText.Dictionary(
            ("name", PythonText.Of(Cut.Value.Name)),
            ("node", PythonText.Of(NodeName)),
            ("op", PythonText.Of(Cut.Node.OpType)),
            ("slot", PythonText.Of(Cut.Slot)),
            ("shape", PythonText.List(Tensor.Dims.Select(d => PythonText.Of(d)))),
            ("keep", PythonText.Numbered(keep)),
            ("module", PythonText.Of(TorchModule.PathOf(Cut.Node))),
            ("role", PythonText.Of(TorchModule.RoleOf(Cut.Node, Operator, Cut.Slot))),
            ("transposed", PythonText.Of(IsTransposed)),
            ("shared", PythonText.Of(IsShared)),
            ("alike", PythonText.Of(Alike.Count)),
            ("place", PythonText.Of(Alike.Index().First(n => n.Item == Cut.Value.Name).Index)),
            ("torch", PythonText.Of(Torch)),
            ("sum", PythonText.Of(values.Sum())),
            ("magnitude", PythonText.Of(values.Sum(Math.Abs))),
            ("samples", PythonText.List(SamplesOf(values).Select(PythonText.Of))));
    }

    private static IEnumerable<double> SamplesOf(double[] values) =>
        Enumerable.Range(0, Samples).Select(i => values[(long)i * (values.Length - 1) / (Samples - 1)]);

    private string NodeName => LayerReport.NameOf(Cut.Node);

    // PyTorch's linear layers hold the transpose of the matrix that MatMul reads.
    private bool IsTransposed => Operator?.LinearOf(Cut.Node) is { Window: null, OutputsAxis: 1 } view && view.Weights == Cut.Slot;

    /// <summary>This weight, after a check that PyTorch has the same form of it.</summary>
    /// <exception cref="OnnxPruneException">OP4008: the weight combines several PyTorch weights, or is quantised.</exception>
    public TorchWeight Checked()
    {
        if (Cut.Node.OpType is not ("LSTM" or "GRU" or "RNN") && Tensors.IsFloat(Tensor)) return this;
        string why = Tensors.IsFloat(Tensor) ? "PyTorch stores it as several weights" : "it is quantised";
        throw new OnnxPruneException(
            ErrorCodes.WeightNotMapped,
            $"'{Cut.Value.Name}' of {Cut.Node.Label} has no PyTorch counterpart: {why}; "
            + $"make a plan without it, with --exclude {NodeName}, or use the pruned ONNX model");
    }
}
