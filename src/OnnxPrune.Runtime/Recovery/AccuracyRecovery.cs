using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Sensitivity;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>
/// Recovers accuracy after pruning and keeps the better model. Weights are fitted on most of the calibration data and compared on the rest;
/// if the fitted weights do not reduce the output error, the weights remain unchanged.
/// </summary>
internal static class AccuracyRecovery
{
    // Of the samples, one in so many is kept for the comparison, in whole batches; of many, no more than are needed.
    private const int ComparedShare = 8, LeastCompared = 2, MostCompared = 128;

    /// <summary>Recovers a pruned model.</summary>
    /// <param name="domain">The original and the calibration data.</param>
    /// <param name="pruned">The pruned model.</param>
    /// <param name="cut">The original and the channels that stayed.</param>
    /// <param name="methods">What to try; null for the best of <c>obs</c>, <c>bn</c> and nothing.</param>
    /// <param name="options">How; its methods are not read.</param>
    /// <param name="provider">The execution provider.</param>
    /// <param name="cache">Where recovered models are kept; null for nowhere.</param>
    /// <param name="progress">Called with the number of nodes done and their total.</param>
    /// <param name="cancellation">Stops between layers.</param>
    public static RecoveryResult Run(
        CalibrationDomain domain,
        OnnxModel pruned,
        Cut cut,
        RecoveryMethods? methods,
        ReconstructionOptions options,
        ExecutionProvider provider,
        CalibrationCache? cache = null,
        Action<int, int>? progress = null,
        CancellationToken cancellation = default)
    {
        options = options with
        {
            Positions = SyntheticEffort.Positions(domain, options.Positions),
            Rectifications = SyntheticEffort.FitsOnce(domain) ? 0 : options.Rectifications,
        };
        string key = cache is null ? "" : Key(domain, cut, methods, options);
        if (cache?.Recovered(key, pruned, domain.Model.Operators) is { } known) return known;
        var seen = cut.Of(domain.Analysis);
        var start = Rewriter.Prune(seen);
        var (fitted, compared) = Split(domain.Data.Batches, methods != RecoveryMethods.None);
        var fidelity = new OutputFidelity(domain.Analysis, compared, provider);
        var (before, agreement) = fidelity.Of(start);
        var best = new RecoveryResult(pruned, RecoveryMethods.None, before, before) { Compared = (int)compared.Sum(BatchCount.Samples), Agreement = agreement };
        var left = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var method in methods is { } asked ? [asked] : new[] { RecoveryMethods.Obs, RecoveryMethods.Bn })
        {
            if (method == RecoveryMethods.None || cut.IsEmpty) continue;
            var with = options with { Methods = method };
            if (Reconstructed(seen, start, fitted, with, provider, left, progress, cancellation) is not { } recovered) break;
            (double after, agreement) = fidelity.Of(recovered);
            if (!(after < best.ErrorAfter)) continue;
            best = best with { Model = domain.Back(pruned, start, recovered), Methods = method, ErrorAfter = after, Agreement = agreement };
            break;
        }
        Check(pruned, best.Model, domain.Model.Operators);
        best = best with { Notes = [.. left] };
        cache?.Keep(key, best);
        return best;
    }

    // A model that cannot be run piece by piece stays as it was cut.
    private static OnnxModel? Reconstructed(
        Cut cut,
        OnnxModel start,
        IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches,
        ReconstructionOptions options,
        ExecutionProvider provider,
        SortedSet<string> left,
        Action<int, int>? progress,
        CancellationToken cancellation)
    {
        try
        {
            return Reconstruction.Run(
                cut,
                start,
                batches,
                options,
                provider,
                progress,
                layer => left.Add($"{layer} was not recovered: its inputs could not be measured"),
                cancellation);
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.RuntimeRejectedModel)
        {
            left.Add($"nothing was recovered: the model could not be run node by node ({e.Message})");
            return null;
        }
    }

    private static string Key(
        CalibrationDomain domain, Cut cut, RecoveryMethods? methods, ReconstructionOptions options)
    {
        var groups = cut.Groups.Select(g => $"{g.Id} {KeptRanges.Format(cut.MaskOf(g)!)}");
        return CalibrationCache.Key(
            domain,
            [
                "recovered",
                methods is { } m ? RecoveryMethodNames.Format(m) : "auto",
                $"{options with { Methods = RecoveryMethods.None }}",
                .. groups]);
    }

    private static (
        IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> Fitted, IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> Compared) Split(
        IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches, bool fits)
    {
        if (!fits) return ([], [.. batches.TakeLast(BatchCount.Holding(batches.Reverse(), MostCompared))]);
        if (batches.Count < 2) return (batches, batches);
        long wanted = Math.Clamp(batches.Sum(BatchCount.Samples) / ComparedShare, LeastCompared, MostCompared);
        int compared = Math.Min(BatchCount.Holding(batches.Reverse(), wanted), batches.Count - 1);
        return ([.. batches.SkipLast(compared)], [.. batches.TakeLast(compared)]);
    }

    private static void Check(OnnxModel pruned, OnnxModel recovered, OperatorSet operators)
    {
        if (!ReferenceEquals(pruned, recovered) && RecoveredStructure.Difference(pruned, recovered, operators) is { } difference)
            throw new OnnxPruneException(
                ErrorCodes.InternalError, $"recovery changed the structure of the model: {difference}; --recover none skips recovery");
    }
}
