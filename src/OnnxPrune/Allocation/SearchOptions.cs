namespace OnnxPrune.Allocation;

/// <summary>How long a search goes on, and how.</summary>
/// <param name="Population">Allocations that are kept from one generation to the next, and new ones per generation; at least 2.</param>
/// <param name="Generations">How often new ones are made; 0 scores only the first population.</param>
/// <param name="Seed">The seed of everything random.</param>
/// <param name="Objective">What the score measures, and on which data: a state of another objective is not resumed.</param>
internal sealed record SearchOptions(int Population = 16, int Generations = 16, int Seed = 0, string Objective = "");

/// <summary>Where a search is.</summary>
/// <param name="Evaluation">Allocations scored so far, those of a resumed state included.</param>
/// <param name="Of">How many there will be at most.</param>
/// <param name="Best">The lowest score so far.</param>
internal readonly record struct SearchProgress(int Evaluation, int Of, double Best);

/// <summary>What a search found.</summary>
/// <param name="Kept">A mask per curve: true where the channel stays.</param>
/// <param name="Score">Its score.</param>
/// <param name="First">The score of the allocation that the search began with, that of dynamic programming.</param>
/// <param name="Evaluations">How many allocations were scored, those of a resumed state included.</param>
internal sealed record SearchResult(IReadOnlyList<bool[]> Kept, double Score, double First, int Evaluations);
