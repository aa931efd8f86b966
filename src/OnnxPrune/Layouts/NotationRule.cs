using OnnxPrune.Diagnostics;
using OnnxPrune.Shapes;
using static OnnxPrune.Advanced.Notation;

namespace OnnxPrune.Layouts;

/// <summary>Applies a notation to one node: unifies the layouts of its inputs with the patterns and builds those of its outputs.</summary>
internal sealed class NotationRule
{
    private readonly CouplingContext context;
    private readonly NotationSizes sizes;
    private readonly Dictionary<string, Term> names = new(StringComparer.Ordinal);
    private readonly List<IReadOnlyList<Term>> broadcast = [];
    private IReadOnlyList<Term>? passed;

    private NotationRule(CouplingContext context, IEnumerable<(string Name, Size Size)> sizes)
    {
        this.context = context;
        this.sizes = new NotationSizes(sizes);
    }

    /// <summary>Applies <paramref name="notation"/> to the inputs in <paramref name="slots"/> and returns what its names stand for.</summary>
    public static IReadOnlyDictionary<string, Term> Apply(
        CouplingContext context, Notation notation, IReadOnlyList<int> slots, IEnumerable<(string Name, Size Size)> sizes)
    {
        var rule = new NotationRule(context, sizes);
        rule.Inputs(notation, slots);
        rule.Outputs(notation);
        return rule.names;
    }

    private void Inputs(Notation notation, IReadOnlyList<int> slots)
    {
        var axes = new List<(AxisPattern Pattern, Term Layout)>();
        for (int i = 0; i < notation.Inputs.Count; i++)
        {
            if (context.Has(slots[i])) Match(notation.Inputs[i], context.Input(slots[i]), axes);
            else if (!notation.Inputs[i].Optional) throw Errors.Malformed($"{context.Node.Label} lacks its input {slots[i]}");
        }
        sizes.Learn([.. axes.Select(a => (a.Pattern, context.SizeOf(a.Layout)))]);
        foreach (var (pattern, layout) in axes) Unify(pattern, layout);
        foreach (var layout in broadcast) Broadcast(layout);
    }

    // From the right, as in arithmetic: axes of size 1 take no part.
    private void Broadcast(IReadOnlyList<Term> layout)
    {
        if (layout.Count > (passed?.Count ?? 0)) throw Errors.Malformed($"{context.Node.Label} has an input of rank {layout.Count}");
        for (int i = 1; i <= layout.Count; i++) if (!context.SizeOf(layout[^i]).IsOne) context.Unify(layout[^i], passed![^i]);
    }

    private void Match(TensorPattern tensor, IReadOnlyList<Term> layout, List<(AxisPattern, Term)> axes)
    {
        int open = layout.Count - tensor.Axes.Count + 1;
        int at = 0;
        foreach (var pattern in tensor.Axes)
        {
            int count = IsOpen(pattern.Kind) ? open : 1;
            if (count < 0 || at + count > layout.Count) throw Errors.Malformed($"{context.Node.Label} has an input of rank {layout.Count}");
            if (pattern.Kind == AxisKind.BroadcastMany) broadcast.Add([.. layout.Skip(at).Take(count)]);
            else if (pattern.Kind == AxisKind.PassedMany) Pass(layout.Skip(at).Take(count).ToList());
            else for (int axis = at; axis < at + count; axis++) axes.Add((pattern, layout[axis]));
            at += count;
        }
        if (at != layout.Count) throw Errors.Malformed($"{context.Node.Label} has an input of rank {layout.Count}");
    }

    private void Pass(IReadOnlyList<Term> covered)
    {
        passed ??= covered;
        if (passed.Count != covered.Count) throw Errors.Malformed($"{context.Node.Label} has inputs of different ranks");
        foreach (var (a, b) in passed.Zip(covered)) context.Unify(a, b);
    }

    private void Unify(AxisPattern pattern, Term layout)
    {
        if (pattern.Kind != AxisKind.Named) context.Pin(layout, PinReason.NeverPruned);
        else if (pattern.Variable is { } name && !names.ContainsKey(name)) names[name] = layout;
        else context.Unify(Build(pattern), layout);
    }

    private Term Build(AxisPattern pattern) =>
        pattern.Variable is { } name ? Named(name) : context.Concat(pattern.Sum.Select(product => context.Product(product.Select(Named))));

    private Term Named(string name)
    {
        if (names.TryGetValue(name, out var term)) return term;
        var size = sizes.Of(name) ?? throw Errors.Internal($"the size of '{name}' at {context.Node.Label} does not follow");
        return names[name] = char.IsUpper(name[0]) ? context.Fixed(size) : context.Fresh(size);
    }

    private void Outputs(Notation notation)
    {
        for (int i = 0; i < notation.Outputs.Count && i < context.Node.Outputs.Length; i++)
        {
            if (context.Node.Outputs[i] is null) continue;
            context.Output(i, Layout(notation.Outputs[i], context.OutputShape(i)));
        }
    }

    private List<Term> Layout(TensorPattern tensor, IReadOnlyList<Size> shape)
    {
        int open = shape.Count - tensor.Axes.Count + 1;
        var layout = new List<Term>();
        foreach (var pattern in tensor.Axes)
        {
            switch (pattern.Kind)
            {
                case AxisKind.Named: layout.Add(Build(pattern)); break;
                case AxisKind.Pinned: layout.Add(context.Fixed(shape[layout.Count])); break;
                case AxisKind.PassedMany or AxisKind.BroadcastMany: layout.AddRange(passed ?? []); break;
                default: for (int i = 0; i < open; i++) layout.Add(context.Fixed(shape[layout.Count])); break;
            }
        }
        return layout;
    }
}
