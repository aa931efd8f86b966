using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Planning;

namespace OnnxPrune.Runtime.Sensitivity;

/// <summary>Curves as they are kept in a file: what the outputs lose as each group shrinks, and on which model and data that was measured.</summary>
/// <param name="StructureHash">Hash of the model's structure.</param>
/// <param name="WeightsHash">Hash of its weights.</param>
/// <param name="Criterion">How they were measured: <c>obs</c> or <c>distortion</c>.</param>
/// <param name="Calibration">The data.</param>
/// <param name="Groups">A curve per group, in the model's order.</param>
internal sealed record SensitivityCurves(
    string StructureHash, string WeightsHash, string Criterion, PlannedCalibration Calibration, IReadOnlyList<SensitivityCurve> Groups)
{
    /// <summary>The curves of a model.</summary>
    public static SensitivityCurves Of(ModelAnalysis analysis, Criterion criterion, PlannedCalibration calibration, IReadOnlyList<GroupCurve> curves)
        => new(
        analysis.StructureHash,
        analysis.WeightsHash,
        criterion.Name,
        calibration,
        [.. curves.Select(c => new SensitivityCurve(c.Group.Id, c.Group.Kind.Name(), c.Group.Size, c.Group.IsExact, c.Order, c.Distortion))]);

    /// <summary>The curves of those groups that have one.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="calibrationHash">Hash of the data in use now; null where none are.</param>
    /// <exception cref="OnnxPruneException">
    /// OP4004 measured on another structure, OP4005 on other weights; OP2002 on other data, or a curve does not fit its group.
    /// </exception>
    public IReadOnlyList<GroupCurve> For(ModelAnalysis analysis, IReadOnlyList<ChannelGroup> groups, string? calibrationHash)
    {
        if (!analysis.HasStructure(StructureHash))
            throw Refused(ErrorCodes.PlanStructureMismatch, "on a model with a different structure");
        if (!analysis.HasWeights(WeightsHash)) throw Refused(ErrorCodes.PlanWeightsMismatch, "with different weights");
        if (calibrationHash is not null && calibrationHash != Calibration.Hash)
            throw Refused(
                ErrorCodes.InvalidData, $"on data that differ from --calibration: {Calibration.Samples} samples of {Calibration.Source}");
        var known = Groups.ToDictionary(g => g.Id);
        return [.. groups.Where(g => known.ContainsKey(g.Id)).Select(g => known[g.Id].For(g))];
    }

    private static OnnxPruneException Refused(string code, string how) =>
        new(code, $"the sensitivity curves were measured {how}; measure them again");
}

/// <summary>What the outputs lose as one group shrinks.</summary>
/// <param name="Id">The group's stable name.</param>
/// <param name="Kind">The kind of its channels.</param>
/// <param name="Size">Number of channels.</param>
/// <param name="Exact">True if removing channels is equivalent to zeroing them.</param>
/// <param name="Order">The channels in ascending order of importance.</param>
/// <param name="Error">The relative squared error of the outputs after removing the first k channels, k from 0 to <paramref name="Size"/>.</param>
internal sealed record SensitivityCurve(string Id, string Kind, int Size, bool Exact, IReadOnlyList<int> Order, IReadOnlyList<double> Error)
{
    /// <summary>The error after removing this share of the channels.</summary>
    public double At(double share) => Error[(int)Math.Round(share * Size)];

    /// <summary>The curve of a group.</summary>
    /// <exception cref="OnnxPruneException">OP2002: it is not one of its channels.</exception>
    internal GroupCurve For(ChannelGroup group)
    {
        bool ordered = Order.Order().SequenceEqual(Enumerable.Range(0, group.Size));
        bool fits = ordered && Error.Count == group.Size + 1 && Error.All(e => e >= 0 && double.IsFinite(e));
        if (fits) return new GroupCurve(group, Order, Error);
        throw new OnnxPruneException(ErrorCodes.InvalidData, $"the sensitivity curve of {Id} is invalid; measure it again");
    }
}
