using OnnxPrune.Cli.Reports;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;

namespace OnnxPrune.Cli.Export;

/// <summary>A weight that a plan cuts, with all by which its counterpart in PyTorch can be told.</summary>
/// <param name="Cut">The weight.</param>
/// <param name="IsShared">True where other nodes read the same tensor: exporters merge equal ones.</param>
/// <param name="Alike">Tensors of the model that have its shape, or its transposed one, in the order in which nodes read them.</param>
/// <param name="Torch">The name that the user gives it; null where there is none.</param>
internal sealed record TorchWeight(CutWeight Cut, bool IsShared, IReadOnlyList<string> Alike, string? Torch)
{
    /// <summary>Elements that the fingerprint holds.</summary>
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
            ("role", PythonText.Of(TorchModule.RoleOf(Cut.Node.OpType, Cut.Slot))),
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

    // Linear layers of PyTorch hold the transpose of what MatMul reads.
    private bool IsTransposed => Cut.Slot == 1 && (Cut.Node.OpType == "MatMul" || (Cut.Node.OpType == "Gemm" && Cut.Node.Int("transB", 0) == 0));

    /// <summary>Refuses what PyTorch has in another form.</summary>
    /// <exception cref="OnnxPruneException">OP4008: several weights of PyTorch lie in this one, or it is quantised.</exception>
    public TorchWeight Checked()
    {
        if (Cut.Node.OpType is not ("LSTM" or "GRU" or "RNN") && Tensors.IsFloat(Tensor)) return this;
        string why = Tensors.IsFloat(Tensor) ? "PyTorch holds it in several pieces" : "it is quantised";
        throw new OnnxPruneException(
            ErrorCodes.WeightNotMapped,
            $"'{Cut.Value.Name}' of {Cut.Node.Label} cannot be told in PyTorch: {why}; "
            + $"make a plan without it, with --exclude {NodeName}, or use the pruned ONNX model");
    }
}
