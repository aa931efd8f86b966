using Onnx;
using OnnxPrune.Diagnostics;
using static Onnx.AttributeProto.Types;

namespace OnnxPrune.Model;

/// <summary>
/// Checks what every later stage takes for granted: the parts of messages that onnx.proto demands are there, sizes are sizes, attributes
/// hold what they say, and bodies of functions and branches read only what is defined. The graph's own names are GraphReader's task.
/// </summary>
internal static class ModelCheck
{
    /// <summary>Fails where a part of a model is missing or contradicts another.</summary>
    /// <exception cref="OnnxPruneException">OP1003 no graph, OP1006 malformed.</exception>
    public static void Require(ModelProto model)
    {
        if (model.Graph is null) throw new OnnxPruneException(ErrorCodes.NoGraph, "the model has no graph; there is nothing to prune");
        Graph(model.Graph, null);
        foreach (var function in model.Functions) Function(function);
    }

    private static void Graph(GraphProto graph, Visible? around)
    {
        foreach (var tensor in graph.Initializer) Tensor(tensor);
        foreach (var sparse in graph.SparseInitializer) Sparse(sparse);
        var scope = new Visible(Names(graph), around);
        foreach (var node in graph.Node) Node(node, scope);
        if (around is null) return;
        foreach (var node in graph.Node) Reads(node.Input, scope, $"{node.OpType} {node.Name}");
        Reads(graph.Output.Select(o => o.Name), scope, $"the output of the sub-graph '{graph.Name}'");
    }

    // Functions see nothing around them, and their nodes stand in order (onnx.proto, FunctionProto).
    private static void Function(FunctionProto function)
    {
        var defined = new HashSet<string>(function.Input, StringComparer.Ordinal);
        foreach (var node in function.Node)
        {
            var scope = new Visible(defined, null);
            Reads(node.Input, scope, $"{node.OpType} {node.Name} in the function '{function.Name}'");
            Node(node, scope);
            if (node.Output.FirstOrDefault(o => o.Length > 0 && !defined.Add(o)) is { } twice)
                throw Errors.Malformed($"the function '{function.Name}' defines '{twice}' twice");
        }
        var computed = function.Node.SelectMany(n => n.Output).ToHashSet(StringComparer.Ordinal);
        Reads(function.Output, new Visible(computed, null), $"the output of the function '{function.Name}'");
    }

    private static HashSet<string> Names(GraphProto graph)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (graph.Node.SelectMany(n => n.Output).FirstOrDefault(o => o.Length > 0 && !names.Add(o)) is { } twice)
            throw Errors.Malformed($"two nodes compute '{twice}'");
        names.UnionWith(graph.Input.Select(i => i.Name));
        names.UnionWith(graph.Initializer.Select(t => t.Name));
        names.UnionWith(graph.SparseInitializer.Select(t => t.Values.Name));
        return names;
    }

    private static void Reads(IEnumerable<string> names, Visible scope, string who)
    {
        if (names.FirstOrDefault(name => name.Length > 0 && !scope.Defines(name)) is { } unknown)
            throw Errors.Malformed($"{who} reads '{unknown}', which nothing defines");
    }

    private static void Node(NodeProto node, Visible scope)
    {
        if (node.Attribute.GroupBy(a => a.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            throw Errors.Malformed($"{node.OpType} {node.Name} has the attribute '{twice.Key}' twice");
        foreach (var attribute in node.Attribute)
        {
            if (FaultOf(attribute) is { } fault) throw Errors.Malformed($"the attribute '{attribute.Name}' of {node.OpType} {node.Name} {fault}");
            foreach (var tensor in attribute.T is null ? attribute.Tensors : attribute.Tensors.Prepend(attribute.T)) Tensor(tensor);
            foreach (var sparse in attribute.SparseTensor is null ? attribute.SparseTensors : attribute.SparseTensors.Prepend(attribute.SparseTensor))
                Sparse(sparse);
        }
        foreach (var body in SubGraphs.Of(node)) Graph(body, scope);
    }

    // An attribute holds one value, of the kind that it states. The kind may be left out: IR version 1 did not have it.
    private static string? FaultOf(AttributeProto attribute)
    {
        var held = Held(attribute).ToList();
        if (held.Count > 1) return $"holds values of several kinds: {string.Join(", ", held)}";
        if (attribute.Type == AttributeType.Undefined || attribute.RefAttrName.Length > 0) return null;
        if (held is [var kind] && kind != attribute.Type) return $"says that it holds {attribute.Type}, and holds {kind}";
        bool isMessage = attribute.Type is AttributeType.Tensor or AttributeType.Graph or AttributeType.SparseTensor or AttributeType.TypeProto;
        return held.Count == 0 && isMessage ? $"says that it holds {attribute.Type}, and holds nothing" : null;
    }

    private static IEnumerable<AttributeType> Held(AttributeProto attribute)
    {
        if (attribute.HasF) yield return AttributeType.Float;
        if (attribute.HasI) yield return AttributeType.Int;
        if (attribute.HasS) yield return AttributeType.String;
        if (attribute.T is not null) yield return AttributeType.Tensor;
        if (attribute.G is not null) yield return AttributeType.Graph;
        if (attribute.SparseTensor is not null) yield return AttributeType.SparseTensor;
        if (attribute.Tp is not null) yield return AttributeType.TypeProto;
        if (attribute.Floats.Count > 0) yield return AttributeType.Floats;
        if (attribute.Ints.Count > 0) yield return AttributeType.Ints;
        if (attribute.Strings.Count > 0) yield return AttributeType.Strings;
        if (attribute.Tensors.Count > 0) yield return AttributeType.Tensors;
        if (attribute.Graphs.Count > 0) yield return AttributeType.Graphs;
        if (attribute.SparseTensors.Count > 0) yield return AttributeType.SparseTensors;
        if (attribute.TypeProtos.Count > 0) yield return AttributeType.TypeProtos;
    }

    private static void Tensor(TensorProto tensor) => Dims(tensor.Dims, tensor.Name);

    private static void Sparse(SparseTensorProto sparse)
    {
        if (sparse.Values is null) throw Errors.Malformed("a sparse tensor has no values");
        Tensor(sparse.Values);
        if (sparse.Indices is not null) Tensor(sparse.Indices);
        Dims(sparse.Dims, sparse.Values.Name);
    }

    // No axis is longer than an array can be, and the number of elements is a number even where an axis of size 0 makes it 0.
    private static void Dims(IEnumerable<long> dims, string name)
    {
        long count = 1;
        foreach (long dim in dims)
        {
            if (dim < 0) throw Errors.Malformed($"the tensor '{name}' has a negative dimension");
            if (dim > Array.MaxLength || Math.BigMul(count, Math.Max(1, dim), out count) != 0 || count is < 0 or > long.MaxValue / 128)
                throw Errors.Malformed($"the tensor '{name}' has more elements than any file can hold");
        }
    }

    private sealed record Visible(HashSet<string> Names, Visible? Around)
    {
        public bool Defines(string name) => Names.Contains(name) || Around?.Defines(name) == true;
    }
}
