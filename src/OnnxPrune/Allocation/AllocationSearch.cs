using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;

namespace OnnxPrune.Allocation;

/// <summary>
/// Evolutionary search over allocations, for interactions of groups that curves do not represent. It begins with the allocations of dynamic
/// programming and of the greedy method. Tournaments select parents, children inherit each group's size from one parent and move steps between
/// groups, and the best parents and children survive. A seed has the same result on every machine, also after interruption and resumption.
/// </summary>
internal static class AllocationSearch
{
    private const int Tournament = 3;
    private const int MostAttempts = 32;

    /// <summary>Searches for the allocation of the lowest score.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="curves">The groups that may lose channels, and what they lose with them.</param>
    /// <param name="budget">What may remain.</param>
    /// <param name="limits">What limits the allocation.</param>
    /// <param name="options">How long the search goes on.</param>
    /// <param name="score">The score of masks per curve; lower is better, NaN is worst. It has to be the same every time.</param>
    /// <param name="stateFile">Where scores are kept as they come, and read from to resume; null for nowhere.</param>
    /// <param name="progress">Called after each score.</param>
    /// <param name="cancellation">Stops the search before the next score.</param>
    /// <exception cref="OnnxPruneException">OP4001 nothing to prune, OP4002 the budget is out of reach, OP4006 the state of another
    /// search.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static SearchResult Run(
        ModelAnalysis analysis,
        IReadOnlyList<GroupCurve> curves,
        Budget budget,
        AllocationOptions limits,
        SearchOptions options,
        Func<IReadOnlyList<bool[]>, double> score,
        string? stateFile = null,
        Action<SearchProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var problem = Allocator.Problem(analysis, curves, budget, limits);
        double Score(int[] allocation)
        {
            cancellation.ThrowIfCancellationRequested();
            return score(Allocator.Masks(problem, curves, allocation));
        }

        var scores = new SearchScores(Score, stateFile, SearchScores.Fingerprint(curves, problem, budget, options));
        var population = new Population(problem, options, scores, progress);
        population.Begin();
        for (int generation = 0; generation < options.Generations; generation++) population.Advance();
        return new SearchResult(
            Allocator.Masks(problem, curves, population.Best.Steps), population.Best.Score, population.First, population.Evaluations);
    }

    private sealed class Population(AllocationProblem problem, SearchOptions options, SearchScores scores, Action<SearchProgress>? progress)
    {
        private readonly AllocationVariation variation = new(problem, options.Seed);
        private readonly HashSet<string> seen = new(StringComparer.Ordinal);
        private List<(int[] Steps, double Score)> members = [];

        /// <summary>The member of the lowest score; of equal ones the one found first.</summary>
        public (int[] Steps, double Score) Best => members.MinBy(m => m.Score);

        /// <summary>The score of the first member.</summary>
        public double First { get; private set; }

        /// <summary>The number of allocations scored.</summary>
        public int Evaluations => seen.Count;

        /// <summary>Dynamic programming, the greedy allocation, and mutations of what is there.</summary>
        public void Begin()
        {
            Add(DynamicAllocation.Solve(problem), members);
            First = members[0].Score;
            Add(GreedyAllocation.Solve(problem), members);
            while (members.Count < options.Population && Fresh(() => members[variation.Next(members.Count)].Steps) is { } steps) Add(steps, members);
        }

        /// <summary>As many children as members, if there are so many new ones; the best of all live on.</summary>
        public void Advance()
        {
            var all = members.ToList();
            for (int i = 0; i < options.Population && Fresh(Child) is { } steps; i++) Add(steps, all);
            members = [.. all.OrderBy(m => m.Score).Take(options.Population)];
        }

        private int[] Child() => variation.Cross(Parent(), Parent());

        private int[] Parent() => Enumerable.Range(0, Tournament).Select(_ => members[variation.Next(members.Count)]).MinBy(m => m.Score).Steps;

        // An allocation that was not scored yet, mutated until it is one; null where none is found.
        private int[]? Fresh(Func<int[]> origin)
        {
            if (problem.Groups.Count < 2) return null;
            for (int attempt = 0; attempt < MostAttempts; attempt++)
            {
                int[] steps = origin();
                if (variation.Next(2) == 0 || seen.Contains(SearchScores.Key(steps))) steps = variation.Mutate(steps);
                if (!seen.Contains(SearchScores.Key(steps))) return steps;
            }
            return null;
        }

        private void Add(int[] steps, List<(int[] Steps, double Score)> list)
        {
            if (!seen.Add(SearchScores.Key(steps))) return;
            list.Add((steps, scores.Of(steps)));
            progress?.Invoke(new SearchProgress(seen.Count, options.Population * (options.Generations + 1), list.Min(m => m.Score)));
        }
    }
}
