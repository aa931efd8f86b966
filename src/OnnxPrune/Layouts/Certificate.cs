using OnnxPrune.Diagnostics;

namespace OnnxPrune.Layouts;

/// <summary>
/// Guards the whole unifier: one random set of kept indices is folded through both sides of every equation, which must agree
/// (LAYOUTS.md 10). A violated equation pins both sides, with a warning, and the check starts again.
/// </summary>
internal static class Certificate
{
    private const int Seed = 20240617;

    // An axis of 16 million is longer than those of models that run; longer ones would take their time and are not checked.
    private const long LargestAxis = 1 << 24;

    /// <summary>The first equation whose sides keep different indices, or null.</summary>
    public static Equation? FindViolation(Substitution substitution, IEnumerable<Equation> equations, int seed)
    {
        var list = equations.ToList();
        var masks = new KeepMasks(substitution, RandomMasks(substitution, list, seed));
        return list.Find(e => !masks.Of(e.Left).AsSpan().SequenceEqual(masks.Of(e.Right)));
    }

    /// <summary>Pins both sides of every equation that is violated; a warning for each.</summary>
    internal static IEnumerable<Diagnostic> Enforce(Substitution substitution, IEnumerable<Equation> equations)
    {
        var known = equations.Where(e => CanBeFolded(substitution, e)).ToList();
        while (FindViolation(substitution, known, Seed) is { } violated)
        {
            substitution.Pin(violated.Left, violated.Reason);
            substitution.Pin(violated.Right, violated.Reason);
            known.Remove(violated);
            yield return new Diagnostic(
                Severity.Warning,
                ErrorCodes.CertificateViolated,
                $"the layouts at {violated.Reason.Node} contradict each other; their channels are not pruned");
        }
    }

    // A part may be longer than the whole, where another part has the size 0.
    private static bool CanBeFolded(Substitution substitution, Equation equation)
    {
        var sides = new[] { equation.Left, equation.Right };
        var sizes = sides.Concat(sides.SelectMany(substitution.Leaves)).Select(substitution.Arena.SizeOf);
        return substitution.Arena.SizeOf(equation.Left).Same(substitution.Arena.SizeOf(equation.Right))
            && sizes.All(s => s.AtMost(Size.Of(LargestAxis)));
    }

    private static Dictionary<Term, bool[]> RandomMasks(Substitution substitution, List<Equation> equations, int seed)
    {
        var random = new Random(seed);
        return equations.SelectMany(e => substitution.Leaves(e.Left).Concat(substitution.Leaves(e.Right))).Distinct()
            .ToDictionary(leaf => leaf, leaf => RandomMask(random, substitution.Arena.SizeOf(leaf).Value));
    }

    private static bool[] RandomMask(Random random, long size)
    {
        var mask = new bool[size];
        for (int i = 0; i < mask.Length; i++) mask[i] = random.Next(2) == 0;
        return mask;
    }
}
