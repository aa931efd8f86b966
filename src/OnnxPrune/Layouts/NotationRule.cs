using OnnxPrune.Diagnostics;
using OnnxPrune.Shapes;
using static OnnxPrune.Layouts.Notation;

namespace OnnxPrune.Layouts;

/// <summary>Applies a notation to one node: unifies the layouts of its inputs with the patterns and builds those of its outputs.</summary>
internal sealed class NotationRule
{
    private readonly CouplingContext context;
    private readonly Dictionary<string, Size> sizes;
    private readonly Dictionary<string, Term> names = new(StringComparer.Ordinal);
    private IReadOnlyList<Term>? passed;

    private NotationRule(CouplingContext context, IEnumerable<(string Name, Size Size)> sizes)
    {
        this.context = context;
        this.sizes = sizes.ToDictionary(s => s.Name, s => s.Size, StringComparer.Ordinal);
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
        SolveSizes(axes);
        foreach (var (pattern, layout) in axes) Unify(pattern, layout);
    }

    private void Match(TensorPattern tensor, IReadOnlyList<Term> layout, List<(AxisPattern, Term)> axes)
    {
        int open = layout.Count - tensor.Axes.Count + 1;
        int at = 0;
        foreach (var pattern in tensor.Axes)
        {
            int count = pattern.Kind is AxisKind.PassedMany or AxisKind.PinnedMany ? open : 1;
            if (count < 0 || at + count > layout.Count) throw Errors.Malformed($"{context.Node.Label} has an input of rank {layout.Count}");
            if (pattern.Kind == AxisKind.PassedMany) Pass(layout.Skip(at).Take(count).ToList());
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

    // One unknown name per axis at a time, until nothing more follows.
    private void SolveSizes(List<(AxisPattern Pattern, Term Layout)> axes)
    {
        bool learned = true;
        while (learned)
        {
            learned = false;
            foreach (var (pattern, layout) in axes)
            {
                if (OnlyUnknown(pattern) is not { } name) continue;
                sizes[name] = Solve(pattern, name, context.SizeOf(layout));
                learned = true;
            }
        }
    }

    private string? OnlyUnknown(AxisPattern pattern)
    {
        string? only = null;
        foreach (var product in pattern.Sum)
        {
            foreach (string name in product)
            {
                if (sizes.ContainsKey(name)) continue;
                if (only is not null) return null;
                only = name;
            }
        }
        return only;
    }

    private Size Solve(AxisPattern pattern, string name, Size total)
    {
        if (pattern.Variable is not null) return total;
        var factor = Size.One;
        foreach (var product in pattern.Sum)
        {
            var known = Size.Product(product.Where(n => n != name).Select(n => sizes[n]));
            if (product.Contains(name)) factor = known;
            else total -= known;
        }
        return total / factor;
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
        var size = sizes.TryGetValue(name, out var known)
            ? known
            : throw Errors.Internal($"the size of '{name}' at {context.Node.Label} does not follow");
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
                case AxisKind.PassedMany: layout.AddRange(passed ?? []); break;
                default: for (int i = 0; i < open; i++) layout.Add(context.Fixed(shape[layout.Count])); break;
            }
        }
        return layout;
    }
}
