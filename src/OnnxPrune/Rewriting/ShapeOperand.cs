using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Rewriting;

/// <summary>
/// Builds the shape operand of a node after pruning. Sizes that vary with symbolic dimensions are computed in the graph: from the elements of the
/// operand before pruning, or from the shapes of other values.
/// </summary>
/// <param name="graph">The graph to add constants and nodes to.</param>
/// <param name="node">The node that reads the operand.</param>
/// <param name="name">The name of the operand.</param>
/// <param name="type">Its element type.</param>
internal sealed class ShapeOperand(GraphRewriter graph, Node node, string name, ElementType type)
{
    // Products of more axes do not occur.
    private const int MostFactors = 3;

    /// <summary>Adds the nodes that compute <paramref name="wanted"/>.</summary>
    /// <param name="old">The name of the operand before pruning, and its elements; none where they are not known.</param>
    /// <param name="wanted">The elements to compute.</param>
    /// <param name="sources">Values whose shapes can be read, and these shapes after pruning.</param>
    /// <exception cref="RewriteException">A size that varies cannot be computed from what is at hand.</exception>
    public Value Build((string Name, Size[] Elements) old, IReadOnlyList<Size> wanted, IReadOnlyList<(string Name, IReadOnlyList<Size> Shape)> sources)
    {
        var parts = wanted.Select((size, i) => size.IsConcrete
            ? Constant(size)
            : FromOperand(old, i, size) ?? FromShapes(size, sources) ?? throw new RewriteException(node, $"the size {size} cannot be computed"));
        string output = Add("Concat", [.. parts], attribute: ("axis", 0));
        return graph.Added(output, new TensorType(type, [Size.Of(wanted.Count)], KnownTensor.OfSizes(wanted)));
    }

    // The element itself, also where neither is known, or a part of it: batch times 2 from batch times 4.
    private string? FromOperand((string Name, Size[] Elements) old, int index, Size wanted)
    {
        if (index >= old.Elements.Length) return null;
        var element = old.Elements[index];
        if (element == wanted) return Element(old.Name, index);
        return wanted.Divides(element) && (element / wanted) is { IsConcrete: true } ratio
            ? Add("Div", [Element(old.Name, index), Constant(ratio)])
            : null;
    }

    private string? FromShapes(Size wanted, IReadOnlyList<(string Name, IReadOnlyList<Size> Shape)> sources)
    {
        foreach (var (source, shape) in sources)
        {
            int[] varying = [.. Enumerable.Range(0, shape.Count).Where(axis => shape[axis].IsKnown && !shape[axis].IsConcrete)];
            foreach (var axes in Subsets(varying))
            {
                var product = Size.Product(axes.Select(axis => shape[axis]));
                if (!product.Divides(wanted) || (wanted / product) is not { IsConcrete: true } factor) continue;
                string sizes = Add("Shape", [source]);
                var factors = axes.Select(axis => Element(sizes, axis)).ToList();
                if (!factor.IsOne) factors.Add(Constant(factor));
                return factors.Aggregate((a, b) => Add("Mul", [a, b]));
            }
        }
        return null;
    }

    // Fewest factors first.
    private static IEnumerable<int[]> Subsets(int[] axes) => Enumerable.Range(1, (1 << Math.Min(axes.Length, 10)) - 1)
        .Select(bits => axes.Where((_, i) => i < 10 && (bits >> i & 1) == 1).ToArray())
        .Where(subset => subset.Length <= MostFactors)
        .OrderBy(subset => subset.Length);

    private string Constant(Size size) => graph.AddConstant(name, type, [size]).Name;

    private string Element(string source, int index)
    {
        string output = graph.UniqueName(name);
        return Add("Gather", [source, Constant(Size.Of(index))], output: output);
    }

    private string Add(string operation, string[] inputs, (string Name, long Value)? attribute = null, string? output = null)
    {
        output ??= graph.UniqueName(name);
        var proto = new NodeProto { OpType = operation, Name = output, Input = { inputs }, Output = { output } };
        if (attribute is var (key, value))
            proto.Attribute.Add(new AttributeProto { Name = key, Type = AttributeProto.Types.AttributeType.Int, I = value });
        graph.Add(proto);
        return output;
    }
}
