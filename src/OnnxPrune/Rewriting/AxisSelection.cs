using Onnx;
using OnnxPrune.Model;
using static Onnx.AttributeProto.Types;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Rewriting;

/// <summary>Adds nodes that take the kept indices of a value, and nodes that put them back to their places among zeros.</summary>
internal sealed class AxisSelection(ModelProto model, NameAllocator names)
{
    private readonly Dictionary<string, string> indices = new(StringComparer.Ordinal);

    /// <summary>The nodes so far, in topological order.</summary>
    public List<NodeProto> Nodes { get; } = [];

    /// <summary>The constants that they read.</summary>
    public List<TensorProto> Constants { get; } = [];

    private long Opset => model.OpsetImport.Where(o => o.Domain is "" or "ai.onnx").Select(o => o.Version).DefaultIfEmpty(1).Max();

    /// <summary>Adds a constant under a name that is free, and returns that.</summary>
    public string Add(TensorProto tensor)
    {
        var copy = tensor.Clone();
        copy.Name = names.Unique(tensor.Name);
        Constants.Add(copy);
        return copy.Name;
    }

    /// <summary>The name of a value without the indices that leave.</summary>
    public string Narrow(string value, IReadOnlyList<CutAxis?> axes)
    {
        for (int axis = 0; axis < axes.Count; axis++)
            if (axes[axis] is { } cut)
                value = Select(value, names.Unique($"{value}.kept"), axes.Count, axis, [.. cut.Factors.Select(f => f.Length)], cut, Taken);
        return value;
    }

    /// <summary>Computes <paramref name="output"/>: the value with zeros at the indices that have left.</summary>
    public void Widen(string value, string output, IReadOnlyList<CutAxis?> axes)
    {
        int last = axes.Index().Last(a => a.Item is not null).Index;
        for (int axis = 0; axis <= last; axis++)
        {
            if (axes[axis] is not { } cut) continue;
            string wide = axis == last ? output : names.Unique($"{value}.wide");
            value = Select(value, wide, axes.Count, axis, [.. cut.Factors.Select(f => f.KeptLength)], cut, PutBack);
        }
    }

    // Where there are several factors, each is an axis of its own in between.
    private string Select(
        string value, string output, int rank, int axis, long[] lengths, CutAxis cut, Action<string, string, int, int, bool[]> select)
    {
        string shape = lengths.Length == 1 ? "" : ShapeOf(value);
        string current = lengths.Length == 1 ? value : Reshape(value, names.Unique($"{value}.factors"), shape, rank, axis, lengths);
        for (int factor = 0; factor < lengths.Length; factor++)
        {
            if (cut.Factors[factor].Mask is not { } mask) continue;
            string selected = lengths.Length == 1 ? output : names.Unique($"{value}.selected");
            select(current, selected, rank + lengths.Length - 1, axis + factor, mask);
            current = selected;
        }
        return lengths.Length == 1 ? current : Reshape(current, output, shape, rank, axis, [-1]);
    }

    private void Taken(string value, string output, int rank, int axis, bool[] mask) => Gather(value, output, TensorSlicer.KeptIndices(mask), axis);

    private void PutBack(string value, string output, int rank, int axis, bool[] mask) =>
        Gather(PaddedByOneZero(value, rank, axis), output, Places(mask), axis);

    private string ShapeOf(string value) => Node("Shape", names.Unique($"{value}.shape"), value);

    // The shape of a value with other sizes in place of one axis.
    private string Reshape(string value, string output, string shape, int rank, int axis, long[] sizes)
    {
        var parts = new List<string>();
        if (axis > 0) parts.Add(Gather(shape, names.Unique($"{shape}.before"), [.. Enumerable.Range(0, axis)], 0));
        parts.Add(Indices([.. sizes.Select(n => (int)n)]));
        if (axis + 1 < rank) parts.Add(Gather(shape, names.Unique($"{shape}.behind"), [.. Enumerable.Range(axis + 1, rank - axis - 1)], 0));
        string target = Node("Concat", names.Unique($"{shape}.target"), parts);
        Nodes[^1].Attribute.Add(new AttributeProto { Name = "axis", Type = AttributeType.Int, I = 0 });
        return Node("Reshape", output, value, target);
    }

    // The position of each index among the kept ones; removed indices point to the zero after them.
    private static int[] Places(bool[] mask)
    {
        int next = 0, zero = mask.Count(k => k);
        return [.. mask.Select(keep => keep ? next++ : zero)];
    }

    private string Gather(string value, string output, int[] positions, int axis)
    {
        Node("Gather", output, value, Indices(positions));
        Nodes[^1].Attribute.Add(new AttributeProto { Name = "axis", Type = AttributeType.Int, I = axis });
        return output;
    }

    private string PaddedByOneZero(string value, int rank, int axis)
    {
        int[] pads = new int[2 * rank];
        pads[rank + axis] = 1;
        string output = names.Unique($"{value}.padded");
        if (Opset >= 11) return Node("Pad", output, value, Indices(pads));
        Node("Pad", output, value);
        Nodes[^1].Attribute.Add(new AttributeProto { Name = "pads", Type = AttributeType.Ints, Ints = { pads.Select(p => (long)p) } });
        return output;
    }

    private string Node(string op, string output, params IEnumerable<string> inputs)
    {
        Nodes.Add(new NodeProto { OpType = op, Input = { inputs }, Output = { output } });
        return output;
    }

    private string Indices(int[] values)
    {
        string key = string.Join(',', values);
        return indices.TryGetValue(key, out string? known)
            ? known
            : indices[key] = Add(Tensors.Make("kept.indices", ElementType.Int64, [values.Length], [.. values.Select(v => (double)v)]));
    }
}
