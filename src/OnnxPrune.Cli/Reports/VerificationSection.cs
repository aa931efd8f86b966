using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports;

/// <summary>The part of a document that reports a verification.</summary>
internal static class VerificationSection
{
    /// <summary>The verdict and its figures.</summary>
    public static Finding VerdictOf(VerificationResult result)
    {
        string line = Figures.Verdict(result);
        var (outcome, word) = result.Verdict switch
        {
            "verified" => (Outcome.Passed, "Cut verified"),
            "failed" => (Outcome.Failed, "Verification failed"),
            _ => (Outcome.Open, "Not verified"),
        };
        return new Finding(outcome, word, line[(line.IndexOf(word, StringComparison.OrdinalIgnoreCase) + word.Length + 1)..]);
    }

    /// <summary>The section: what was compared, and every run.</summary>
    public static Section Of(VerificationResult result)
    {
        var facts = new List<(string, Cell)>
        {
            ("compared with", result.Reference),
            ("ran on", result.Precision == "model" ? result.Provider : $"{result.Provider}, in {result.Precision}"),
            ("largest error (at most 1 passes)", Figures.Tolerances(result.WorstError)),
            ("power (change by zeroing)", Figures.Tolerances(result.Power)),
        };
        if (result.NotExecuted.Count > 0) facts.Add(("not executed", string.Join(", ", result.NotExecuted)));
        if (result.Reason is { } reason) facts.Add(("reason", reason));
        var rows = result.Runs.Select(run => new Cell[]
        {
            run.Weights, string.Join(", ", run.Inputs.Select(i => $"{i.Key} {string.Join('×', i.Value)}")), new Cell.Name(run.Output),
            Figures.Tolerances(run.LargestDifference), Figures.Tolerances(run.Error), Figures.Tolerances(run.Power),
        });
        var runs = new Block.Table(["weights", "inputs", "output", " largest difference", " error", " power"], [.. rows], int.MaxValue);
        var units = new Block.Paragraph(
            "Errors and power are in units of the tolerance. The power is the change that zeroing the removed channels makes in the outputs.");
        return new Section("Verification", result.Runs.Count == 0 ? [new Block.Facts(facts)] : [new Block.Facts(facts), runs, units]);
    }
}
