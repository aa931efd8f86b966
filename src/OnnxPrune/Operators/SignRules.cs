using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>The signs of functions of one or more elements.</summary>
internal static class SignRules
{
    /// <summary>f(x) ≥ 0 for all x.</summary>
    public static Signs NotNegative(SignContext c) => Signs.NotNegative;

    /// <summary>f(x) has the sign of x, or is zero. A negative slope turns negative numbers around, a negative factor or a shift all numbers.</summary>
    public static Signs Same(SignContext c)
    {
        if (c.Node.Float("gamma", 1) < 0 || c.Node.Float("bias", 0) != 0) return Signs.Any;
        return c.Node.Float("alpha", 1) < 0 ? Rectified(c) : c.Input(0);
    }

    /// <summary>f(x) is x where x is not negative, and anything elsewhere.</summary>
    public static Signs Rectified(SignContext c) => c.Input(0) & Signs.NotNegative;

    /// <summary>f(x) has the sign of -x, or is zero.</summary>
    public static Signs Opposite(SignContext c) => Negated(c.Input(0));

    /// <summary>A sum of all operands, or their mean.</summary>
    public static Signs Sum(SignContext c) => c.Common(Enumerable.Range(0, c.Node.Inputs.Length));

    /// <summary>The first operand without the second.</summary>
    public static Signs Difference(SignContext c) => c.Input(0) & Negated(c.Input(1));

    /// <summary>The product or quotient of two operands. The product of an operand with itself is a square.</summary>
    public static Signs Product(SignContext c) =>
        c.Has(1) && c.Node.Inputs[0] == c.Node.Inputs[1] ? Signs.NotNegative : Product(c.Input(0), c.Input(1));

    /// <summary>The largest of all operands.</summary>
    public static Signs Largest(SignContext c) =>
        (Sum(c) & Signs.NotPositive) | (Operands(c).Any(signs => signs.HasFlag(Signs.NotNegative)) ? Signs.NotNegative : Signs.Any);

    /// <summary>The smallest of all operands.</summary>
    public static Signs Smallest(SignContext c) =>
        (Sum(c) & Signs.NotNegative) | (Operands(c).Any(signs => signs.HasFlag(Signs.NotPositive)) ? Signs.NotPositive : Signs.Any);

    /// <summary>A power: even exponents have squares, and a base that is not negative has no negative powers.</summary>
    public static Signs Power(SignContext c)
    {
        bool isEven = c.InputType(1).Content is { Count: > 0 } exponent && Enumerable.Range(0, exponent.Count).All(i => exponent[i, 0] % 2 == 0);
        return isEven ? Signs.NotNegative : c.Input(0) & Signs.NotNegative;
    }

    /// <summary>The second operand or the third.</summary>
    public static Signs Choice(SignContext c) => c.Common(1, 2);

    /// <summary>The product of numbers of these signs.</summary>
    public static Signs Product(Signs a, Signs b)
    {
        var signs = Signs.Any;
        if ((a & b) != Signs.Any) signs |= Signs.NotNegative;
        if ((a & Negated(b)) != Signs.Any) signs |= Signs.NotPositive;
        return signs;
    }

    private static IEnumerable<Signs> Operands(SignContext c) => Enumerable.Range(0, c.Node.Inputs.Length).Where(c.Has).Select(c.Input);

    private static Signs Negated(Signs signs) =>
        (signs.HasFlag(Signs.NotNegative) ? Signs.NotPositive : Signs.Any) | (signs.HasFlag(Signs.NotPositive) ? Signs.NotNegative : Signs.Any);
}
