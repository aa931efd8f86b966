using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Sensitivity;

/// <summary>
/// The values whose distance from the original's measures the loss of a cut: the float outputs. Other outputs, such as classes or a sequence, are
/// replaced by the values that they are computed from. If the size of an output depends on data, as for a detector's boxes, the values that it is
/// computed from are compared as well.
/// </summary>
internal static class ComparedValues
{
    /// <summary>The model with the compared values as its outputs.</summary>
    /// <param name="model">The original or the pruned model.</param>
    /// <param name="original">The original.</param>
    /// <exception cref="OnnxPruneException">OP2002: it computes no floats.</exception>
    public static ModelProto In(ModelProto model, ModelAnalysis original)
    {
        var compared = Checked(original);
        var twin = model.Clone();
        twin.Graph.Output.Clear();
        twin.Graph.Output.AddRange(compared.Select(v => new ValueInfoProto { Name = v.Name }));
        return twin;
    }

    /// <summary>The compared values of a model, of which there must be some.</summary>
    /// <exception cref="OnnxPruneException">OP2002: it computes no floats.</exception>
    public static IReadOnlyList<Value> Checked(ModelAnalysis original) => Of(original) is { Count: > 0 } compared
        ? compared
        : throw new OnnxPruneException(
            ErrorCodes.InvalidData,
            "no output depends on floats that calibration can compare; use the weights alone with --calibration none",
            original.Source.Path);

    /// <summary>The compared values, by batch, of the original or of what was made of it by pruning.</summary>
    public static IReadOnlyList<IReadOnlyList<HostTensor>> Of(
        OnnxModel model, ModelAnalysis original, IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches, ExecutionProvider provider)
    {
        using var session = ModelSession.Load(model with { Proto = In(model.Proto, original) }, provider);
        return [.. batches.Select(session.Run)];
    }

    private static List<Value> Of(ModelAnalysis original)
    {
        var graph = original.Graph;
        var (compared, seen) = (new List<Value>(), new HashSet<Value>());
        var open = new Queue<Value>(graph.Outputs);
        while (open.TryDequeue(out var value))
        {
            if (value.Producer is not { } producer || !seen.Add(value)) continue;
            var type = original.Shapes[value];
            if (IsFloat(type)) compared.Add(value);
            if (!IsFloat(type) || !IsSized(type))
                foreach (var read in producer.Reads.Where(v => !original.Shapes.DerivesFromShapes(v))) open.Enqueue(read);
        }
        return [.. compared.OrderBy(v => v.Id)];
    }

    private static bool IsFloat(TensorType type) => type.Type is ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.Bfloat16;

    private static bool IsSized(TensorType type) => type.Shape is { } shape && Array.TrueForAll(shape, s => s.IsKnown);
}
