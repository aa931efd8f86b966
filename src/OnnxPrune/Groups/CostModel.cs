using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Groups;

/// <summary>What a model costs.</summary>
/// <param name="Macs">Multiply-accumulate operations of convolutions and matrix products at the nominal sizes.</param>
/// <param name="Parameters">Elements of the weights: the float and quantised initializers that flow into an output, masks excepted.</param>
/// <param name="Bytes">Bytes of the weights.</param>
/// <param name="Milliseconds">Latency, where it was measured (<see cref="LatencyCost"/>); else 0.</param>
internal readonly record struct Cost(double Macs, double Parameters, double Bytes, double Milliseconds = 0);

/// <summary>
/// The cost of a model as a polynomial in the kept sizes of its groups: a sum of products of axis sizes, folded over the same
/// layout terms as masks and shapes, so that they cannot disagree.
/// </summary>
internal sealed class CostModel
{
    private readonly Substitution substitution;
    private readonly List<Summand> summands = [];
    private readonly Dictionary<Term, List<int>> touching = [];

    private CostModel(Substitution substitution) => this.substitution = substitution;

    /// <summary>The summands: one product of axes per matrix product or convolution, per weight, and per measured time.</summary>
    public IReadOnlyList<Summand> Summands => summands;

    /// <summary>The cost model of a graph.</summary>
    /// <param name="layouts">The layouts.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="skipped">Nodes of alternatives, whose MACs do not count; null for none.</param>
    public static CostModel Of(LayoutInference layouts, LayoutRules rules, IReadOnlySet<Node>? skipped = null)
    {
        var model = new CostModel(layouts.Unifier.Substitution);
        foreach (var node in layouts.Shapes.Graph.Nodes.Where(n => skipped?.Contains(n) != true)) model.AddMacs(layouts, rules, node);
        model.AddParameters(layouts, rules);
        model.AddBodyParameters(layouts, rules);
        return model;
    }

    /// <summary>This cost and more.</summary>
    internal CostModel With(IEnumerable<Summand> more)
    {
        var model = new CostModel(substitution);
        foreach (var summand in summands.Concat(more)) model.Add(summand);
        return model;
    }

    /// <summary>The cost if <paramref name="kept"/> gives the number of kept indices of each variable; null for all.</summary>
    public Cost Total(Func<Term, long?> kept)
    {
        var sizes = new KeptSizes(substitution, kept);
        var total = default(Cost);
        foreach (var summand in summands) total = Plus(total, summand.At(sizes), 1);
        return total;
    }

    /// <summary>The positions in <see cref="Summands"/> that depend on a variable.</summary>
    public IReadOnlyList<int> Touching(Term variable) => touching.GetValueOrDefault(variable) ?? [];

    /// <summary>a + sign·b.</summary>
    public static Cost Plus(Cost a, Cost b, int sign) =>
        new(a.Macs + (sign * b.Macs), a.Parameters + (sign * b.Parameters), a.Bytes + (sign * b.Bytes), a.Milliseconds + (sign * b.Milliseconds));

    /// <summary>The products of axes that are a node's multiply-accumulates.</summary>
    internal static IReadOnlyList<IReadOnlyList<Term>> Products(LayoutInference layouts, LayoutRules rules, Node node)
    {
        if (!layouts.Understands(node)) return [];
        var context = new MacContext(layouts, node);
        rules(node)!.CountMacs(context);
        return context.Products;
    }

    private void AddMacs(LayoutInference layouts, LayoutRules rules, Node node)
    {
        foreach (var product in Products(layouts, rules, node)) Add(new Summand(node.Label, product, new Cost(1, 0, 0), node));
        foreach (var (source, axes) in BodyCosts.Macs(layouts, rules, node)) Add(new Summand(source, axes, new Cost(1, 0, 0), node));
    }

    // Uses of one initializer that keep the same indices share one tensor, which counts for the node that reads it first.
    private void AddParameters(LayoutInference layouts, LayoutRules rules)
    {
        var readers = layouts.Shapes.Graph.Nodes.SelectMany(node => node.Inputs.OfType<Value>(), (node, value) => (node, value.Id))
            .GroupBy(read => read.Id).ToDictionary(reads => reads.Key, reads => reads.First().node);
        foreach (var uses in GroupFinder.Weights(layouts, rules).GroupBy(w => w.Initializer!, ReferenceEqualityComparer.Instance))
        {
            var distinct = new List<IReadOnlyList<Term>>();
            foreach (var use in uses)
            {
                var axes = layouts.LayoutOf(use)!.Select(substitution.Resolve).ToList();
                if (distinct.Exists(d => d.Zip(axes).All(p => substitution.Arena.Same(p.First, p.Second)))) continue;
                distinct.Add(axes);
                Add(new Summand(use.Name, axes, new Cost(0, 1, ElementTypes.Bits(Tensors.TypeOf(uses.First().Initializer!)) / 8.0), readers[use.Id]));
            }
        }
    }

    // What a sub-graph reads is not cut, so that it is one tensor with the tensor that nodes outside read.
    private void AddBodyParameters(LayoutInference layouts, LayoutRules rules)
    {
        var contributing = ContributingValues.Of(layouts.Shapes);
        var counted = GroupFinder.Weights(layouts, rules).Select(w => w.Initializer!).ToHashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var node in layouts.Shapes.Graph.Nodes.Where(n => n.Bodies.Count > 0 && n.Outputs.Any(o => o is not null && contributing.Includes(o))))
        {
            foreach (var tensor in BodyCosts.Weights(layouts, rules, node).Select(w => w.Initializer!).Where(counted.Add))
            {
                var axes = tensor.Dims.Select(d => substitution.Arena.Fixed(Size.Of(d), PinReason.None)).ToList();
                Add(new Summand(tensor.Name, axes, new Cost(0, 1, ElementTypes.Bits(Tensors.TypeOf(tensor)) / 8.0), node));
            }
        }
    }

    /// <summary>The size of an axis of a summand before pruning.</summary>
    internal Size SizeOf(Term axis) => substitution.Arena.SizeOf(axis);

    private void Add(Summand summand)
    {
        foreach (var leaf in summand.Axes.SelectMany(substitution.Leaves).Distinct())
        {
            if (!touching.TryGetValue(leaf, out var list)) touching[leaf] = list = [];
            list.Add(summands.Count);
        }
        summands.Add(summand);
    }

    /// <summary>One product of axis sizes, and what one unit of it costs.</summary>
    /// <param name="Source">The node or weight that it counts.</param>
    /// <param name="Axes">The axes.</param>
    /// <param name="Unit">The cost of one.</param>
    /// <param name="Node">The node that it counts for: of a weight, the first that reads it.</param>
    public sealed record Summand(string Source, IReadOnlyList<Term> Axes, Cost Unit, Node Node)
    {
        /// <summary>
        /// The cost at these kept sizes; an unknown size counts as one, so that the products it occurs in still shrink with their channels.
        /// </summary>
        public Cost At(KeptSizes sizes)
        {
            double product = 1;
            foreach (var axis in Axes)
            {
                var size = sizes.Of(axis);
                product *= size.IsKnown ? size[Size.Nominal] : 1;
            }
            return new Cost(Unit.Macs * product, Unit.Parameters * product, Unit.Bytes * product, Unit.Milliseconds * product);
        }
    }
}
