using OnnxPrune.Diagnostics;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Einsum: axes with the same letter agree; letters that the output lacks are summed over.</summary>
internal sealed class Einsum : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        if (Terms(c.Node) is not var (inputs, output)) return;
        var sizes = new Dictionary<char, Size>();
        for (int i = 0; i < inputs.Length; i++)
        {
            var shape = c.Shape(i);
            if (shape.Length != inputs[i].Length) c.Infeasible($"input {i} has rank {shape.Length}, the equation {inputs[i]}");
            for (int axis = 0; axis < shape.Length; axis++)
                if (!sizes.TryGetValue(inputs[i][axis], out var known) || known.IsOne) sizes[inputs[i][axis]] = shape[axis];
        }
        foreach (char letter in output) if (!sizes.ContainsKey(letter)) c.Infeasible($"no operand has the letter {letter}");
        if (output.Distinct().Count() != output.Length) c.Infeasible($"the result {output} has a letter twice");
        c.Output([.. output.Select(letter => sizes[letter])]);
    }

    public override void Couple(CouplingContext c)
    {
        if (Terms(c.Node) is not var (inputs, output)) throw Errors.Malformed("an equation with an ellipsis");
        var layouts = new Dictionary<char, Term>();
        foreach (var (letter, term) in inputs.SelectMany((letters, i) => letters.Zip(c.Input(i))).Where(p => !c.SizeOf(p.Second).IsOne))
        {
            if (layouts.TryGetValue(letter, out var known)) c.Unify(known, term);
            else layouts[letter] = term;
        }
        c.Output(0, output.Select(letter => layouts.TryGetValue(letter, out var term) ? term : c.Fixed(Size.One)).ToList());
        if (inputs.Length > 1 && c.Node.Inputs.All(value => value?.Initializer is null)) StateHeads(c, inputs, output, layouts);
    }

    // A product is zero where any factor is: so a letter is zero in the output, and its sum exact, if it is in some operand.
    public override void FlowZeros(ZeroContext c)
    {
        if (Terms(c.Node) is not var (inputs, output)) return;
        var zero = inputs.SelectMany((letters, i) => letters.Zip(c.Input(i))).Where(p => p.Second).Select(p => p.First).ToHashSet();
        for (int i = 0; i < inputs.Length; i++)
        {
            foreach (var (letter, term) in inputs[i].Zip(c.Layout(i)))
                if (!output.Contains(letter, StringComparison.Ordinal)) c.Contract(term, zero.Contains(letter), "sums over what is not zero");
        }
        c.Output(0, output.Select(zero.Contains));
    }

    public override void CountMacs(MacContext c)
    {
        if (Terms(c.Node) is not var (inputs, _) || inputs.Length < 2) return;
        var axes = inputs.SelectMany((letters, i) => letters.Zip(c.Input(i))).GroupBy(p => p.First).Select(g => g.First().Second);
        c.Add(axes);
    }

    // Letters that all operands and the result have are products side by side.
    private static void StateHeads(CouplingContext c, string[] inputs, string output, Dictionary<char, Term> layouts)
    {
        bool IsBatch(char letter) =>
            output.Contains(letter, StringComparison.Ordinal) && inputs.All(letters => letters.Contains(letter, StringComparison.Ordinal));
        if (!layouts.Keys.Any(IsBatch)) return;
        foreach (var (letter, term) in layouts) c.Role(term, IsBatch(letter) ? AxisRole.Head : AxisRole.HeadFeature);
    }

    // Null for the forms left alone: ellipses and repeated letters within one operand.
    private static (string[] Inputs, string Output)? Terms(Node node)
    {
        string equation = node.Text("equation", "").Replace(" ", "", StringComparison.Ordinal);
        if (equation.Contains('.', StringComparison.Ordinal)) return null;
        string[] sides = equation.Split("->");
        string[] inputs = sides[0].Split(',');
        if (inputs.Any(i => i.Distinct().Count() != i.Length)) return null;
        string all = string.Concat(inputs);
        string implied = string.Concat(all.GroupBy(l => l).Where(g => g.Count() == 1).Select(g => g.Key).Order());
        return (inputs, sides.Length > 1 ? sides[1] : implied);
    }
}
