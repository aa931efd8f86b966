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
    private readonly bool orders;
    private readonly List<Variable> pool = [];

    private EquationSystem(int seed, bool nests, bool orders)
    {
        random = new Random(seed);
        this.nests = nests;
        this.orders = orders;
    }

    public List<(Formula Left, Formula Right)> Equations { get; } = [];

    public IReadOnlyList<Variable> Variables => pool;

    /// <summary>
    /// A system; without <paramref name="nests"/> it has no products, no sizes that vary, and even sizes only, so no pieces of size 1.
    /// With <paramref name="orders"/>, some layouts have their indices in another order.
    /// </summary>
    public static EquationSystem Random(int seed, bool nests, bool orders = false)
    {
        var system = new EquationSystem(seed, nests, orders);
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
        if (orders && random.Next(3) == 0) return new Reordered(Straight(n, depth), Order((int)n));
        return Straight(n, depth);
    }

    private Formula Straight(long n, int depth)
    {
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

    // Any order, the reverse one, that of a transposition, or one of blocks.
    private int[] Order(int n)
    {
        int[] order = [.. Enumerable.Range(0, n)];
        int rows = (int)(Divisor(n) ?? 1);
        switch (random.Next(4))
        {
            case 0: random.Shuffle(order); break;
            case 1: Array.Reverse(order); break;
            case 2: order = [.. order.Select(i => (i % rows * (n / rows)) + (i / rows))]; break;
            default: order = [.. order.Select(i => (((i / rows) + 1) % (n / rows) * rows) + (i % rows))]; break;
        }
        return order;
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
