using OnnxPrune.Diagnostics;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// Einsum: axes with the same letter agree; letters that the output lacks are summed over. The axes of an ellipsis have letters of their own,
/// aligned at the last one, and broadcast.
/// </summary>
internal sealed class Einsum : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        if (Terms(c.Node, i => c.Shape(i).Length) is not var (inputs, output)) return;
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
        if (Terms(c.Node, i => c.Input(i).Count) is not var (inputs, output)) throw Errors.Malformed("an equation with a repeated letter");
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
        if (Terms(c.Node, i => c.Input(i).Count) is not var (inputs, output)) return;
        var zero = inputs.SelectMany((letters, i) => letters.Zip(c.Input(i)).Where((_, axis) => !IsBroadcast(c, inputs, i, axis)))
            .Where(p => p.Second).Select(p => p.First).ToHashSet();
        for (int i = 0; i < inputs.Length; i++)
        {
            foreach (var (letter, term) in inputs[i].Zip(c.Layout(i)))
                if (!output.Contains(letter, StringComparison.Ordinal)) c.Contract(term, zero.Contains(letter), "sums over what is not zero");
        }
        c.Output(0, output.Select(zero.Contains));
    }

    public override void CountMacs(MacContext c)
    {
        if (Terms(c.Node, i => c.Input(i).Count) is not var (inputs, _) || inputs.Length < 2) return;
        var axes = inputs.SelectMany((letters, i) => letters.Zip(c.Input(i))).GroupBy(p => p.First)
            .Select(g => g.Select(p => p.Second).FirstOrDefault(term => !c.SizeOf(term).IsOne, g.First().Second));
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

    // An axis of size 1 says nothing of the elements that it is repeated to.
    private static bool IsBroadcast(ZeroContext c, string[] inputs, int input, int axis)
    {
        char letter = inputs[input][axis];
        return c.SizeOf(c.Layout(input)[axis]).IsOne && Enumerable.Range(0, inputs.Length)
            .Any(i => inputs[i].IndexOf(letter, StringComparison.Ordinal) is >= 0 and var other && !c.SizeOf(c.Layout(i)[other]).IsOne);
    }

    // Null for the forms left alone: repeated letters within one operand.
    private static (string[] Inputs, string Output)? Terms(Node node, Func<int, int> rank)
    {
        string equation = node.Text("equation", "").Replace(" ", "", StringComparison.Ordinal);
        string[] sides = equation.Split("->");
        string[] written = sides[0].Split(',');
        string[] inputs = [.. written.Select((letters, i) => Spelled(letters, rank(i)))];
        if (inputs.Any(i => i.Distinct().Count() != i.Length)) return null;
        string longest = written.Select((letters, i) => Ellipsis(letters, rank(i))).OrderByDescending(e => e.Length).First();
        string all = string.Concat(inputs);
        string implied = longest + string.Concat(all.Where(char.IsAsciiLetter).GroupBy(l => l).Where(g => g.Count() == 1).Select(g => g.Key).Order());
        return (inputs, sides.Length > 1 ? sides[1].Replace("...", longest, StringComparison.Ordinal) : implied);
    }

    private static string Spelled(string letters, int rank) => letters.Replace("...", Ellipsis(letters, rank), StringComparison.Ordinal);

    // The letters of the axes that an ellipsis stands for, the last one first in a range that equations do not use.
    private static string Ellipsis(string letters, int rank)
    {
        if (!letters.Contains("...", StringComparison.Ordinal)) return "";
        int axes = Math.Max(0, rank - (letters.Length - 3));
        return string.Concat(Enumerable.Range(0, axes).Select(i => (char)('\u2460' + axes - 1 - i)));
    }
}
