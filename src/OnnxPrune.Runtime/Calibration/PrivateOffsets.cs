using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Operators;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// Prepares a model for other intercepts: every linear layer gets a vector of its own for one, a bias of zeros where it had none.
/// </summary>
internal static class PrivateOffsets
{
    /// <summary>The prepared model, and the vector of each layer by the name of the layer's output.</summary>
    public static (ModelProto Model, IReadOnlyDictionary<string, Offset> Offsets) Make(ModelProto model, OperatorSet operators)
    {
        var copy = model.Clone();
        var graph = GraphReader.Read(copy);
        var readers = ReadersOf(graph);
        var names = new HashSet<string>(copy.Graph.Initializer.Select(t => t.Name).Concat(graph.Values.Select(v => v.Name)), StringComparer.Ordinal);
        var offsets = new Dictionary<string, Offset>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            if (LinearLayer.Of(node, readers, operators) is not { } layer || Offset.SlotOf(graph, layer, operators) is not { } found) continue;
            var old = found.Slot < found.Node.Inputs.Length ? found.Node.Inputs[found.Slot] : null;
            var tensor = old is null
                ? Tensors.Make("", layer.Type, [layer.Outputs], new double[layer.Outputs])
                : old.Initializer!.Clone();
            if (old is null || readers[old.Name] > 1)
            {
                tensor.Name = Unique(old?.Name ?? $"{node.Outputs[0]!.Name}.bias", names);
                var inputs = found.Node.Proto.Input;
                while (inputs.Count <= found.Slot) inputs.Add("");
                inputs[found.Slot] = tensor.Name;
                copy.Graph.Initializer.Add(tensor);
            }
            offsets[node.Outputs[0]!.Name] = new Offset(
                tensor.Name, found.Kind, IsNew: old is null, CopyOf: tensor.Name == old?.Name ? null : old?.Name);
        }
        return (copy, offsets);
    }

    /// <summary>The model without the biases that it got and that stayed zero, and without copies that stayed what they are copies of.</summary>
    public static ModelProto WithoutUnused(ModelProto model, IEnumerable<Offset> offsets)
    {
        var added = offsets.Where(o => o.IsNew).Select(o => o.Tensor).ToHashSet(StringComparer.Ordinal);
        var unused = model.Graph.Initializer.Where(t => added.Contains(t.Name) && Array.TrueForAll(Tensors.Doubles(t), v => v == 0)).ToList();
        foreach (var tensor in unused)
        {
            model.Graph.Initializer.Remove(tensor);
            var inputs = model.Graph.Node.First(n => n.Input.Contains(tensor.Name)).Input;
            inputs[inputs.IndexOf(tensor.Name)] = "";
            while (inputs[^1].Length == 0) inputs.RemoveAt(inputs.Count - 1);
        }
        var copies = offsets.Where(o => o.CopyOf is not null).ToList();
        foreach (var offset in copies) Rejoin(model.Graph, offset);
        var originals = copies
            .Select(o => o.CopyOf!)
            .Except(GraphReader.Read(model).Nodes.SelectMany(n => n.Reads).Select(v => v.Name))
            .Except(model.Graph.Output.Select(o => o.Name))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var tensor in model.Graph.Initializer.Where(t => originals.Contains(t.Name)).ToList()) model.Graph.Initializer.Remove(tensor);
        return model;
    }

    private static void Rejoin(GraphProto graph, Offset offset)
    {
        var (copy, original) = (graph.Initializer.Single(t => t.Name == offset.Tensor), graph.Initializer.Single(t => t.Name == offset.CopyOf));
        if (!Tensors.Doubles(copy).AsSpan().SequenceEqual(Tensors.Doubles(original))) return;
        var inputs = graph.Node.First(n => n.Input.Contains(copy.Name)).Input;
        inputs[inputs.IndexOf(copy.Name)] = original.Name;
        graph.Initializer.Remove(copy);
    }

    /// <summary>How many inputs of nodes each initializer feeds, by name (<see cref="LinearLayer.ReadersOf"/>).</summary>
    public static IReadOnlyDictionary<string, int> ReadersOf(Graph graph) => LinearLayer.ReadersOf(graph);

    private static string Unique(string wanted, HashSet<string> names)
    {
        string name = wanted;
        for (int k = 1; !names.Add(name); k++) name = $"{wanted}_{k}";
        return name;
    }
}
