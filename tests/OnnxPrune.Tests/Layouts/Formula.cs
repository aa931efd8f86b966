using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>A layout as tests write it, independent of the arena: it counts and masks its own indices, naively.</summary>
internal abstract record Formula
{
    /// <summary>The size at every valuation.</summary>
    public abstract Size Size { get; }

    /// <summary>The variables, each once, in order of occurrence.</summary>
    public IEnumerable<Variable> Variables => this is Variable own ? [own] : Children.SelectMany(c => c.Variables).Distinct();

    protected virtual IReadOnlyList<Formula> Children => [];

    /// <summary>Which indices are kept, at the first valuation, when <paramref name="kept"/> gives the masks of the variables.</summary>
    public abstract bool[] Mask(Func<Variable, bool[]> kept);

    /// <summary>The term in an arena.</summary>
    public abstract Term In(TermArena arena, Func<Variable, Term> leaf);

    /// <summary>A variable; two of one name are the same.</summary>
    public sealed record Variable(string Name, long Count) : Formula
    {
        public override Size Size => Size.Of(Count);

        public override bool[] Mask(Func<Variable, bool[]> kept) => kept(this);

        public override Term In(TermArena arena, Func<Variable, Term> leaf) => leaf(this);

        public override string ToString() => $"{Name}{Count}";
    }

    /// <summary>Indices that are never removed.</summary>
    public sealed record Constant(Size Count) : Formula
    {
        public override Size Size => Count;

        public override bool[] Mask(Func<Variable, bool[]> kept) => [.. Enumerable.Repeat(true, (int)Count.Value)];

        public override Term In(TermArena arena, Func<Variable, Term> leaf) => arena.Fixed(Count, new PinReason("test", "", "given"));

        public override string ToString() => Count.ToString();
    }

    /// <summary>One after the other.</summary>
    public sealed record Sum(params IReadOnlyList<Formula> Parts) : Formula
    {
        public override Size Size => Parts.Aggregate(Size.Zero, (n, p) => n + p.Size);

        protected override IReadOnlyList<Formula> Children => Parts;

        public override bool[] Mask(Func<Variable, bool[]> kept)
        {
            var mask = new List<bool>();
            foreach (var part in Parts) mask.AddRange(part.Mask(kept));
            return [.. mask];
        }

        public override Term In(TermArena arena, Func<Variable, Term> leaf) => arena.Concat(Parts.Select(p => p.In(arena, leaf)));

        public override string ToString() => $"({string.Join(" + ", Parts)})";
    }

    /// <summary>The indices in another order: element j is the old index at the new index j.</summary>
    public sealed record Reordered(Formula Inner, int[] Order) : Formula
    {
        public override Size Size => Inner.Size;

        protected override IReadOnlyList<Formula> Children => [Inner];

        public override bool[] Mask(Func<Variable, bool[]> kept)
        {
            bool[] inner = Inner.Mask(kept);
            return [.. Order.Select(i => inner[i])];
        }

        public override Term In(TermArena arena, Func<Variable, Term> leaf) => arena.Permuted(Inner.In(arena, leaf), Order);

        public override string ToString() => $"[{string.Join(' ', Order)}]({Inner})";
    }

    /// <summary>A row-major nest, outermost first.</summary>
    public sealed record Nest(Formula Outer, Formula Inner) : Formula
    {
        public override Size Size => Outer.Size * Inner.Size;

        protected override IReadOnlyList<Formula> Children => [Outer, Inner];

        public override bool[] Mask(Func<Variable, bool[]> kept)
        {
            var (outer, inner) = (Outer.Mask(kept), Inner.Mask(kept));
            var mask = new bool[outer.Length * inner.Length];
            for (int i = 0; i < mask.Length; i++) mask[i] = outer[i / inner.Length] && inner[i % inner.Length];
            return mask;
        }

        public override Term In(TermArena arena, Func<Variable, Term> leaf) => arena.Product(Outer.In(arena, leaf), Inner.In(arena, leaf));

        public override string ToString() => $"{Outer}*{Inner}";
    }
}
