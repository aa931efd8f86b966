using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Groups;

/// <summary>
/// The MACs of the nodes that compute with a weight. Nodes that change the elements of a weight before a layer reads them, such as Cast,
/// DequantizeLinear, or a product with a scale, pass the weight on to their readers.
/// </summary>
internal sealed class WeightLayers
{
    private readonly ModelAnalysis analysis;
    private readonly ILookup<int, Node> readers;
    private readonly Dictionary<Node, double> macs;
    private readonly HashSet<int> constant = [];

    /// <summary>Counts the MACs of every node.</summary>
    public WeightLayers(ModelAnalysis analysis)
    {
        this.analysis = analysis;
        var sizes = new KeptSizes(analysis.Layouts.Unifier.Substitution, _ => null);
        macs = analysis.Cost.Summands.Where(s => s.Unit.Macs > 0).GroupBy(s => s.Node).ToDictionary(g => g.Key, g => g.Sum(s => s.At(sizes).Macs));
        readers = analysis.Graph.Nodes.SelectMany(n => n.Inputs.OfType<Value>().Distinct(), (node, value) => (node, value.Id)).ToLookup(r => r.Id, r => r.node);
        foreach (var node in analysis.Graph.Nodes.Where(n => n.Inputs.OfType<Value>().Any() && n.Reads.All(IsConstant)))
            constant.UnionWith(node.Outputs.OfType<Value>().Select(o => o.Id));
    }

    /// <summary>The MACs of the nodes that compute with any of these weights; each node counts once.</summary>
    public long Macs(IEnumerable<Value> weights) => (long)weights.SelectMany(Readers).Distinct().Sum(node => macs.GetValueOrDefault(node));

    private HashSet<Node> Readers(Value weight)
    {
        var found = new HashSet<Node>();
        var pending = new Stack<Value>([weight]);
        while (pending.TryPop(out var value))
        {
            foreach (var node in readers[value.Id].Where(found.Add))
                foreach (var output in node.Outputs.OfType<Value>().Where(o => IsThatOf(value, node, o))) pending.Push(output);
        }
        return found;
    }

    // The other operands are constants or single numbers, so that the result has the elements of the weight, whatever the data.
    private bool IsThatOf(Value weight, Node node, Value output) =>
        !macs.ContainsKey(node) && CountOf(output).Same(CountOf(weight)) && !CountOf(weight).IsOne
        && node.Reads.All(v => v == weight || IsConstant(v) || CountOf(v).IsOne);

    private bool IsConstant(Value value) => value.Initializer is not null || constant.Contains(value.Id);

    private Size CountOf(Value value) => analysis.Shapes[value].Shape is { } shape ? Size.Product(shape) : Size.Unknown;
}
