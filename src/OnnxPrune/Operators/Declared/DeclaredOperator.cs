using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;
using static OnnxPrune.Advanced.Notation;

namespace OnnxPrune.Operators;

/// <summary>An operator whose answers come from an <see cref="OperatorRule"/>.</summary>
internal sealed class DeclaredOperator : Operator
{
    private readonly OperatorRule rule;
    private readonly Notation coupling;
    private readonly ZeroWhen zeros;
    private readonly Dictionary<string, SizeExpression> sizes;
    private readonly Dictionary<string, SizeExpression> attributes;
    private readonly Dictionary<int, SizeExpression[]> operands;
    private readonly string[][] macs;
    private readonly (ElementType? Type, SizeExpression?[]? Shape)[] outputs;

    public DeclaredOperator(OperatorRule rule)
    {
        this.rule = rule;
        coupling = Parse(rule.Coupling);
        zeros = rule.Zeros switch
        {
            "never" => ZeroWhen.Never,
            "any" => ZeroWhen.Any,
            "all" => ZeroWhen.All,
            _ => throw new FormatException($"zeros is '{rule.Zeros}'; it must be never, any or all"),
        };
        sizes = Expressions(rule.Sizes);
        attributes = Expressions(rule.Attributes);
        operands = (rule.Inputs ?? new Dictionary<string, IReadOnlyList<string>>())
            .ToDictionary(i => SlotOf(i.Key), i => i.Value.Select(SizeExpression.Parse).ToArray());
        macs = [.. (rule.Macs ?? []).Select(product => product.Split('*', StringSplitOptions.TrimEntries))];
        outputs = [.. (rule.Outputs ?? []).Select(output => (
            output.Type is { } type ? TypeOf(type) : (ElementType?)null,
            output.Shape?.Select(axis => axis == "..." ? null : SizeExpression.Parse(axis)).ToArray()))];
    }

    public override void InferShapes(ShapeContext c)
    {
        var axes = new List<(AxisPattern, Size)>();
        Size[]? passed = null;
        for (int slot = 0; slot < coupling.Inputs.Count; slot++)
        {
            if (!c.Has(slot) && coupling.Inputs[slot].Optional) continue;
            var shape = c.Shape(slot);
            int open = DeclaredAxes.OpenOf(coupling.Inputs[slot], shape.Count) ?? throw Misfit(c.Node, slot, shape.Count);
            int at = 0;
            foreach (var pattern in coupling.Inputs[slot].Axes)
            {
                int count = IsOpen(pattern.Kind) ? open : 1;
                if (pattern.Kind == AxisKind.PassedMany) passed ??= shape[at..(at + count)];
                else if (pattern.Kind == AxisKind.Named) axes.Add((pattern, shape[at]));
                at += count;
            }
        }
        var known = new NotationSizes(sizes.Select(s => (s.Key, s.Value.Evaluate(name => AttributeOf(c.Node, name)))));
        known.Learn(axes);
        for (int output = 0; output < c.Node.Outputs.Length; output++) InferOutput(c, output, known, passed ?? []);
    }

    public override void Couple(CouplingContext c)
    {
        var given = sizes.Select(s => (s.Key, s.Value.Evaluate(name => AttributeOf(c.Node, name)))).ToList();
        given.AddRange(OnlyInOutputs(c).Where(o => !sizes.ContainsKey(o.Item1)).DistinctBy(o => o.Item1));
        var slots = Enumerable.Range(0, coupling.Inputs.Count).ToList();
        foreach (var (name, term) in NotationRule.Apply(c, coupling, slots, given)) c.Record(name, term);
        for (int slot = 0; slot < coupling.Inputs.Count; slot++)
        {
            if (!c.Has(slot) || DeclaredAxes.PassedBy(coupling.Inputs[slot], c.Input(slot).Count) is null) continue;
            var keys = DeclaredAxes.KeysOf(coupling.Inputs[slot], c.Input(slot).Count, null)!;
            for (int axis = 0; axis < keys.Length; axis++)
                if (keys[axis]?.StartsWith("...", StringComparison.Ordinal) == true) c.Record(keys[axis]!, c.Input(slot)[axis]);
        }
    }

    public override bool IsShapeOperand(Node node, int slot) => operands.ContainsKey(slot);

    public override bool KeepsMaskedValues(Node node, int slot) => rule.KeepsValues?.Contains(slot) == true;

    public override void FlowZeros(ZeroContext c)
    {
        var bits = new List<(string Key, Term Axis, bool Bit)>();
        int? passed = Slots(c.Has).Select(slot => DeclaredAxes.PassedBy(coupling.Inputs[slot], c.Layout(slot).Count)).FirstOrDefault(p => p is not null);
        foreach (int slot in Slots(c.Has).Where(slot => rule.ZeroInputs?.Contains(slot) ?? !KeepsMaskedValues(c.Node, slot)))
        {
            var keys = DeclaredAxes.KeysOf(coupling.Inputs[slot], c.Layout(slot).Count, passed) ?? [];
            for (int axis = 0; axis < keys.Length; axis++)
                if (keys[axis] is { } key && !c.SizeOf(c.Layout(slot)[axis]).IsOne) bits.Add((key, c.Layout(slot)[axis], c.Input(slot)[axis]));
        }
        var byKey = bits.ToLookup(b => b.Key);
        var remaining = coupling.Outputs.SelectMany(o => o.Axes).SelectMany(a => a.Names).ToHashSet(StringComparer.Ordinal);
        foreach (var axis in byKey.Where(k => !k.Key.StartsWith("...", StringComparison.Ordinal) && !k.Key.Split('*', '+').All(remaining.Contains)))
            foreach (var (_, term, _) in axis) c.Contract(term, zeros != ZeroWhen.Never && axis.Any(b => b.Bit), "sums over what is not zero");
        for (int output = 0; output < c.Node.Outputs.Length && output < coupling.Outputs.Count; output++)
        {
            if (c.Node.Outputs[output] is null) continue;
            var keys = DeclaredAxes.KeysOf(coupling.Outputs[output], c.OutputLayout(output).Count, passed) ?? [];
            c.Output(output, keys.Select(key => key is not null && byKey.Contains(key) && Holds(byKey[key].Select(b => b.Bit))));
        }
    }

    public override void CountMacs(MacContext c)
    {
        foreach (string[] product in macs) c.Add(product.Select(factor => Factor(c, factor)));
    }

    public override void Adjust(AdjustContext c)
    {
        Size Kept(string name) => coupling.Inputs.SelectMany(i => i.Axes).SelectMany(a => a.Names).Contains(name)
            ? c.KeptRecorded(name)
            : AttributeOf(c.Node, name);
        foreach (var (name, expression) in attributes)
            if (expression.Evaluate(Kept) is var size && c.Node.Int(name, -1) != size.Value) c.SetAttribute(name, size.Value);
        foreach (var (slot, elements) in operands) if (c.Has(slot)) c.SetOperand(slot, [.. elements.Select(e => e.Evaluate(Kept))]);
    }

    private void InferOutput(ShapeContext c, int output, NotationSizes known, Size[] passed)
    {
        var stated = outputs.ElementAtOrDefault(output);
        var type = stated.Type ?? c.Input(0).Type;
        Size Named(string name) => known.Of(name) ?? AttributeOf(c.Node, name);
        if (stated.Shape is { } shape)
        {
            c.Output(output, type, [.. shape.SelectMany(axis => axis is null ? passed : [axis.Evaluate(Named)])]);
            return;
        }
        if (output >= coupling.Outputs.Count) return;
        var axes = coupling.Outputs[output].Axes;
        if (axes.Any(a => a.Kind == AxisKind.PinnedMany)) return;
        c.Output(output, type, [.. axes.SelectMany(axis => axis.Kind switch
        {
            AxisKind.Named => [axis.Sum.Aggregate(Size.Zero, (sum, product) => sum + Size.Product(product.Select(n => known.Of(n) ?? Size.Unknown)))],
            AxisKind.Pinned => [Size.Unknown],
            _ => passed,
        })]);
    }

    // Names such as the height of a window's result, which no input has.
    private IEnumerable<(string, Size)> OnlyInOutputs(CouplingContext c)
    {
        var known = coupling.Inputs.SelectMany(i => i.Axes).SelectMany(a => a.Names).ToHashSet(StringComparer.Ordinal);
        for (int output = 0; output < coupling.Outputs.Count && output < c.Node.Outputs.Length; output++)
        {
            var axes = coupling.Outputs[output].Axes;
            if (c.Node.Outputs[output] is null || axes.Any(a => IsOpen(a.Kind))) continue;
            for (int axis = 0; axis < axes.Count; axis++)
                if (axes[axis].Sum is [[var name]] && !known.Contains(name)) yield return (name, c.OutputShape(output)[axis]);
        }
    }

    private IEnumerable<int> Slots(Func<int, bool> has) => Enumerable.Range(0, coupling.Inputs.Count).Where(has);

    private bool Holds(IEnumerable<bool> bits) => zeros switch { ZeroWhen.Any => bits.Any(b => b), ZeroWhen.All => bits.All(b => b), _ => false };

    private Term Factor(MacContext c, string factor)
    {
        bool isName = coupling.Inputs.Concat(coupling.Outputs).SelectMany(i => i.Axes).SelectMany(a => a.Names).Contains(factor);
        return isName ? c.Recorded(factor) : c.Constant(SizeExpression.Parse(factor).Evaluate(name => AttributeOf(c.Node, name)));
    }

    private static Size AttributeOf(Node node, string name)
    {
        string[] parts = name.TrimEnd(']').Split('[');
        long? value = parts.Length == 1 ? node.Attribute(name)?.I : node.Ints(parts[0])?.Cast<long?>().ElementAtOrDefault(int.Parse(parts[1]));
        return value is { } number ? Size.Of(number) : throw new InfeasibleShapeException($"{node.Label} has no integer attribute '{name}'");
    }

    private static InfeasibleShapeException Misfit(Node node, int slot, int rank) => new($"{node.Label}: input {slot} has rank {rank}");

    private static Dictionary<string, SizeExpression> Expressions(IReadOnlyDictionary<string, string>? texts) =>
        (texts ?? new Dictionary<string, string>()).ToDictionary(t => t.Key, t => SizeExpression.Parse(t.Value), StringComparer.Ordinal);

    private static int SlotOf(string key) =>
        int.TryParse(key, out int slot) && slot >= 0 ? slot : throw new FormatException($"'{key}' in inputs is not the number of an input");

    private static ElementType TypeOf(string word) => Enum.TryParse<ElementType>(word, ignoreCase: true, out var type) && type != ElementType.Undefined
        ? type
        : throw new FormatException($"'{word}' is not an element type");
}
