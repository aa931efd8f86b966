using Google.Protobuf.Collections;
using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Operators;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>
/// The structure that recovery must not change: nodes, their attributes and connections, the types and shapes of tensors, and the values of
/// tensors other than weights. Recovery may add biases.
/// </summary>
internal static class RecoveredStructure
{
    /// <summary>The first difference in structure between a pruned model and the model recovered from it; null if there is none.</summary>
    /// <param name="pruned">The pruned model.</param>
    /// <param name="recovered">The model recovered from it.</param>
    /// <param name="operators">The operators that say where a layer may get a bias; null for <see cref="OperatorSet.Default"/>.</param>
    public static string? Difference(OnnxModel pruned, OnnxModel recovered, OperatorSet? operators = null)
    {
        var (before, after) = (pruned.Proto.Graph, recovered.Proto.Graph);
        if (!Same(before.Input, after.Input) || !Same(before.Output, after.Output)) return "its inputs or outputs differ";
        if (before.Node.Count != after.Node.Count) return "its nodes differ";
        var (mine, its) = (Tensors(before), Tensors(after));
        var biases = Biases(pruned.Proto, operators ?? OperatorSet.Default);
        return before.Node.Zip(after.Node)
            .Select(p => Difference(p.First, p.Second, biases.GetValueOrDefault(p.First), mine, its))
            .FirstOrDefault(d => d is not null);
    }

    private static string? Difference(
        NodeProto before, NodeProto after, int? bias, Dictionary<string, TensorProto> mine, Dictionary<string, TensorProto> its)
    {
        if (!WithoutInputs(before).Equals(WithoutInputs(after)))
            return $"{after.OpType} {after.Name} differs from {before.OpType} {before.Name}";
        for (int slot = 0; slot < Math.Max(before.Input.Count, after.Input.Count); slot++)
        {
            string wanted = before.Input.ElementAtOrDefault(slot) ?? "", given = after.Input.ElementAtOrDefault(slot) ?? "";
            var (from, to) = (mine.GetValueOrDefault(wanted), its.GetValueOrDefault(given));
            if (slot == bias && wanted.Length == 0 && to is { Dims.Count: 1 }) continue;
            if ((from is null) != (to is null) || (from is null && wanted != given))
                return $"{after.OpType} {after.Name} reads '{given}' instead of '{wanted}'";
            if (from is not null && Difference(from, to!) is { } difference) return difference;
        }
        return null;
    }

    // Where a layer had no bias, recovery may have added one: the slots of biases, by node. The elements of tensors are not read.
    private static Dictionary<NodeProto, int?> Biases(ModelProto model, OperatorSet operators)
    {
        var graph = model.Graph;
        var tensors = graph.Initializer.Select(t => t.Name).Concat(graph.SparseInitializer.Select(t => t.Values.Name)).Distinct(StringComparer.Ordinal);
        var inputs = tensors.Except(graph.Input.Select(i => i.Name)).Select(name => new ValueInfoProto { Name = name });
        var skeleton = new ModelProto
        {
            IrVersion = model.IrVersion,
            OpsetImport = { model.OpsetImport },
            Graph = new GraphProto { Name = "structure", Input = { graph.Input, inputs }, Node = { graph.Node }, Output = { graph.Output } },
        };
        return GraphReader.Read(skeleton).Nodes.ToDictionary<Node, NodeProto, int?>(
            n => n.Proto, n => operators.LinearOf(n)?.Bias, ReferenceEqualityComparer.Instance);
    }

    private static string? Difference(TensorProto before, TensorProto after)
    {
        if (before.DataType != after.DataType) return $"{after.Name} has a different type";
        if (!before.Dims.Equals(after.Dims))
            return $"{after.Name} has shape [{string.Join(',', after.Dims)}] instead of [{string.Join(',', before.Dims)}]";
        return Model.Tensors.IsFloat(before) || Unnamed(before).Equals(Unnamed(after)) ? null : $"{after.Name} has different elements";
    }

    private static TensorProto Unnamed(TensorProto tensor) => new(tensor) { Name = "" };

    private static NodeProto WithoutInputs(NodeProto node)
    {
        var copy = node.Clone();
        copy.Input.Clear();
        return copy;
    }

    private static bool Same(RepeatedField<ValueInfoProto> before, RepeatedField<ValueInfoProto> after) =>
        before.Select(v => (v.Name, v.Type)).SequenceEqual(after.Select(v => (v.Name, v.Type)));

    private static Dictionary<string, TensorProto> Tensors(GraphProto graph) =>
        graph.Initializer.DistinctBy(t => t.Name).ToDictionary(t => t.Name, StringComparer.Ordinal);
}
