using OnnxPrune.Shapes;
using static OnnxPrune.Layouts.Formula;

namespace OnnxPrune.Layouts;

/// <summary>A random system of equations between layouts of at most 24 indices, reproducible by its seed.</summary>
internal sealed class EquationSystem
{
    private const int Largest = 24;
    private static readonly long[] Totals = [2, 3, 4, 5, 6, 8, 9, 10, 12, 12, 16, 18, 20, 24, 24];

    private readonly Random random;
    private readonly bool nests;
    private readonly List<Variable> pool = [];

    private EquationSystem(int seed, bool nests)
    {
        random = new Random(seed);
        this.nests = nests;
    }

    public List<(Formula Left, Formula Right)> Equations { get; } = [];

    public IReadOnlyList<Variable> Variables => pool;

    /// <summary>
    /// A system; without <paramref name="nests"/> it has no products, no sizes that vary, and even sizes only, so no pieces of size 1.
    /// </summary>
    public static EquationSystem Random(int seed, bool nests)
    {
        var system = new EquationSystem(seed, nests);
        int count = 1 + system.random.Next(4);
        for (int i = 0; i < count; i++) system.AddEquation();
        return system;
    }

    public override string ToString() => string.Join("; ", Equations.Select(e => $"{e.Left} = {e.Right}"));

    private void AddEquation()
    {
        long total = Totals[random.Next(Totals.Length)];
        if (!nests && total % 2 != 0) total *= 2;
        var size = Size.Of(total);
        if (nests && total <= 4 && random.Next(3) == 0) size *= new Size([5, 3, 7, 1]);
        Equations.Add((OfSize(size, 3), OfSize(size, 3)));
    }

    private Formula OfSize(Size size, int depth)
    {
        if (!size.IsConcrete) return Varying(size, depth);
        long n = size.Value;
        int choice = random.Next(10);
        if (depth == 0 || n < 4 || choice < 2) return Atom(n);
        if (nests && choice < 6 && Divisor(n) is { } inner) return new Nest(OfSize(Size.Of(n / inner), depth - 1), OfSize(Size.Of(inner), depth - 1));
        long head = nests ? 1 + random.NextInt64(n - 1) : 2 * (1 + random.NextInt64((n / 2) - 1));
        return new Sum(OfSize(Size.Of(head), depth - 1), OfSize(Size.Of(n - head), depth - 1));
    }

    // A size that varies is Fixed(vector) somewhere: alone, outside or inside of a product.
    private Formula Varying(Size size, int depth)
    {
        var batch = new Size([5, 3, 7, 1]);
        return random.Next(4) switch
        {
            0 => new Constant(size),
            1 => new Nest(OfSize(size / batch, depth - 1), new Constant(batch)),
            _ => new Nest(new Constant(batch), OfSize(size / batch, depth - 1)),
        };
    }

    private Formula Atom(long n)
    {
        if (random.Next(12) == 0) return new Constant(Size.Of(n));
        var fitting = pool.FindAll(v => v.Count == n);
        if (fitting.Count > 0 && random.Next(3) > 0) return fitting[random.Next(fitting.Count)];
        var variable = new Variable($"v{pool.Count}_", n);
        pool.Add(variable);
        return variable;
    }

    private long? Divisor(long n)
    {
        var divisors = Enumerable.Range(2, Largest).Where(d => d < n && n % d == 0).ToList();
        return divisors.Count > 0 ? divisors[random.Next(divisors.Count)] : null;
    }
}
