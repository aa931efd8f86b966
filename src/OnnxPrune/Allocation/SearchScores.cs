using System.Security.Cryptography;
using System.Text;
using OnnxPrune.Importance;

namespace OnnxPrune.Allocation;

/// <summary>The scores of a search: each allocation is scored once, and each new score saved at once.</summary>
internal sealed class SearchScores
{
    private readonly Func<int[], double> score;
    private readonly string? file;
    private readonly string fingerprint;
    private readonly Dictionary<string, double> known;
    private readonly List<Evaluation> evaluations;

    /// <summary>Creates the scores, with those that are in the file.</summary>
    /// <param name="score">Scores an allocation.</param>
    /// <param name="file">The state's file, or null.</param>
    /// <param name="fingerprint">What is searched.</param>
    public SearchScores(Func<int[], double> score, string? file, string fingerprint)
    {
        this.score = score;
        this.file = file;
        this.fingerprint = fingerprint;
        evaluations = file is null ? [] : [.. SearchState.Load(file, fingerprint).Evaluations];
        known = [];
        foreach (var evaluation in evaluations) known[Key(evaluation.Steps)] = evaluation.Score;
    }

    /// <summary>The score of an allocation; what is not a number is worse than everything.</summary>
    public double Of(int[] allocation)
    {
        string key = Key(allocation);
        if (known.TryGetValue(key, out double found)) return found;
        double scored = score(allocation);
        known[key] = double.IsNaN(scored) ? double.PositiveInfinity : scored;
        evaluations.Add(new Evaluation([.. allocation], known[key]));
        if (file is not null) new SearchState(SearchState.CurrentSchema, fingerprint, evaluations).Save(file);
        return known[key];
    }

    /// <summary>What distinguishes allocations.</summary>
    public static string Key(IEnumerable<int> allocation) => string.Join(',', allocation);

    /// <summary>
    /// A hash of everything that the course of a search follows from, its length excepted: a longer search begins like a shorter one.
    /// </summary>
    public static string Fingerprint(IReadOnlyList<GroupCurve> curves, AllocationProblem problem, Budget budget, SearchOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Text(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        Text(FormattableString.Invariant($"{budget.Kind} {problem.Limit:R} {options.Population} {options.Seed} {options.Objective}"));
        for (int g = 0; g < curves.Count; g++)
        {
            var steps = problem.Groups[g];
            Text(curves[g].Group.Id);
            Text(string.Join(',', curves[g].Order));
            for (int k = 0; k <= steps.Count; k++) Text(FormattableString.Invariant($"{steps.Removed(k)} {steps.Distortion(k):R}"));
        }
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
