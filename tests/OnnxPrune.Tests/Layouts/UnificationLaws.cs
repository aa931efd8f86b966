using static OnnxPrune.Layouts.Formula;

namespace OnnxPrune.Layouts;

/// <summary>
/// Laws that must hold for any system of equations, on seeded random ones. To look for rarer cases raise <see cref="Systems"/>; a
/// failure prints the system.
/// </summary>
public class UnificationLaws
{
    private const int Systems = 3000;

    private static IEnumerable<EquationSystem> WithOrders =>
        Enumerable.Range(0, Systems).Select(seed => EquationSystem.Random(seed, nests: seed % 2 == 0, orders: true));

    private static IEnumerable<EquationSystem> All(bool nests = true) =>
        Enumerable.Range(0, Systems).Select(seed => EquationSystem.Random(seed, nests));

    [Fact]
    public void It_does_not_matter_which_side_comes_first()
    {
        foreach (var system in All())
        {
            string straight = Solution.Of(system.Equations).Print(system.Variables);
            string mirrored = Solution.Of(system.Equations, mirrored: true).Print(system.Variables);
            Assert.True(straight == mirrored, $"{system}\n{straight}\n{mirrored}");
        }
    }

    [Fact]
    public void Layouts_keep_their_sizes()
    {
        foreach (var system in All())
        {
            var solution = Solution.Of(system.Equations);
            foreach (var variable in system.Variables)
                Assert.Equal(variable.Size, solution.Unifier.Arena.SizeOf(solution.Substitution.Resolve(solution.Term(variable))));
        }
    }

    [Fact]
    public void Any_masks_of_the_unbound_variables_satisfy_every_equation_index_by_index()
    {
        foreach (var system in All())
        {
            var solution = Solution.Of(system.Equations);
            for (int seed = 0; seed < 3; seed++)
            {
                var masks = solution.MaskOf(solution.RandomMasks(seed));
                foreach (var (left, right) in system.Equations)
                    Assert.True(left.Mask(masks).SequenceEqual(right.Mask(masks)), $"{left} = {right} in {system}");
            }
        }
    }

    [Fact]
    public void The_certificate_holds_after_solving()
    {
        foreach (var system in All())
        {
            var solution = Solution.Of(system.Equations);
            for (int seed = 0; seed < 3; seed++) Assert.Null(Certificate.FindViolation(solution.Substitution, solution.Equations, seed));
        }
    }

    [Fact]
    public void What_is_pinned_stays_pinned()
    {
        foreach (var system in All()) StaysPinned(system);
    }

    [Fact]
    public void Layouts_in_other_orders_satisfy_every_equation_index_by_index()
    {
        int bound = 0;
        foreach (var system in WithOrders)
        {
            var solution = Solution.Of(system.Equations);
            Assert.Null(Certificate.FindViolation(solution.Substitution, solution.Equations, 7));
            for (int seed = 0; seed < 2; seed++)
            {
                var masks = solution.MaskOf(solution.RandomMasks(seed));
                foreach (var (left, right) in system.Equations)
                    Assert.True(left.Mask(masks).SequenceEqual(right.Mask(masks)), $"{left} = {right} in {system}");
            }
            foreach (var variable in system.Variables)
                Assert.Equal(variable.Size, solution.Unifier.Arena.SizeOf(solution.Substitution.Resolve(solution.Term(variable))));
            bound += system.Variables.Count(v => solution.Substitution.Leaves(solution.Term(v)).Count > 0);
        }
        Assert.InRange(bound, Systems, int.MaxValue);
    }

    [Fact]
    public void What_is_pinned_stays_pinned_in_other_orders()
    {
        foreach (var system in WithOrders.Take(1000)) StaysPinned(system);
    }

    // A cycle of a length that no other cycle has is one index, and one index is never removed: such orders pin more than is forced.
    [Fact]
    public void Without_products_other_orders_couple_no_more_than_the_equations_force()
    {
        int free = 0, kept = 0;
        foreach (var system in Enumerable.Range(0, 400).Select(seed => EquationSystem.Random(seed, nests: false, orders: true)))
        {
            var oracle = new IndexOracle(system.Equations);
            var solution = Solution.Of(system.Equations);
            var masks = Enumerable.Range(0, 40).Select(seed => solution.MaskOf(solution.RandomMasks(seed))).ToList();
            var pinned = Pinned(solution, system);
            var classes = new Dictionary<string, (string, long)>();
            foreach (var (variable, i) in system.Variables.SelectMany(v => Enumerable.Range(0, (int)v.Count).Select(i => (v, i))))
            {
                if (oracle.IsPinned(variable, i)) Assert.Contains((variable.Name, i), pinned);
                else (free, kept) = (free + 1, kept + (pinned.Contains((variable.Name, i)) ? 1 : 0));
                if (pinned.Contains((variable.Name, i))) continue;
                string fate = string.Concat(masks.Select(mask => mask(variable)[i] ? '1' : '0'));
                Assert.True(classes.TryAdd(fate, oracle.Class(variable, i)) || classes[fate] == oracle.Class(variable, i), $"{variable}[{i}] in {system}");
            }
        }
        Assert.InRange(kept, 0, free / 3);
    }

    // Not quite idempotent: 2*(1+x) + (1+x) has two normal forms, and meeting the other one pins (LAYOUTS.md 8). That is rare, and settles.
    [Fact]
    public void Solving_again_changes_next_to_nothing_and_only_pins()
    {
        int changed = 0;
        foreach (var system in All())
        {
            var solution = Solution.Of(system.Equations);
            string once = solution.Print(system.Variables);
            var before = Pinned(solution, system);
            for (int i = 0; i < system.Equations.Count; i++) solution.Unify(i);
            string twice = solution.Print(system.Variables);
            if (once == twice) continue;
            changed++;
            Assert.True(before.IsProperSubsetOf(Pinned(solution, system)), $"{system}\n{once}\n{twice}");
            for (int i = 0; i < system.Equations.Count; i++) solution.Unify(i);
            Assert.Equal(twice, solution.Print(system.Variables));
        }
        Assert.InRange(changed, 0, Systems / 100);
    }

    // An index' fate is its bit in forty random masks: coupled indices have the same one, and others hardly ever.
    [Fact]
    public void Without_products_the_solution_couples_and_pins_exactly_what_the_equations_force()
    {
        foreach (var system in All(nests: false).Take(250))
        {
            var oracle = new IndexOracle(system.Equations);
            var solution = Solution.Of(system.Equations);
            var masks = Enumerable.Range(0, 40).Select(seed => solution.MaskOf(solution.RandomMasks(seed))).ToList();
            var pinned = Pinned(solution, system);
            var classes = new Dictionary<string, (string, long)>();
            foreach (var (variable, i) in system.Variables.SelectMany(v => Enumerable.Range(0, (int)v.Count).Select(i => (v, i))))
            {
                string fate = string.Concat(masks.Select(mask => mask(variable)[i] ? '1' : '0'));
                bool agrees = oracle.IsPinned(variable, i) == pinned.Contains((variable.Name, i));
                agrees &= classes.TryAdd(fate, oracle.Class(variable, i)) || classes[fate] == oracle.Class(variable, i);
                Assert.True(agrees, $"{variable}[{i}] shares {classes[fate]} in {system}\n{solution.Print(system.Variables)}");
            }
            Assert.Equal(classes.Count, classes.Values.Distinct().Count());
        }
    }

    private static void StaysPinned(EquationSystem system)
    {
        var solution = Solution.Unsolved(system.Equations);
        var before = Pinned(solution, system);
        for (int i = 0; i < system.Equations.Count; i++)
        {
            solution.Unify(i);
            var after = Pinned(solution, system);
            Assert.True(before.IsSubsetOf(after), $"equation {i} of {system}");
            before = after;
        }
    }

    private static HashSet<(string, int)> Pinned(Solution solution, EquationSystem system)
    {
        var masks = solution.MaskOf(solution.PinnedMasks());
        return [.. system.Variables.SelectMany(v => masks(v).Select((kept, i) => (Key: (v.Name, i), kept)).Where(p => p.kept).Select(p => p.Key))];
    }
}
