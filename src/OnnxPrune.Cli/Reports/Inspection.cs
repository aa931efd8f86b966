using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Cli.Reports;

/// <summary>Makes an <see cref="InspectReport"/> from an analysis.</summary>
internal static class Inspection
{
    /// <summary>The report of a model that was read from a file.</summary>
    public static InspectReport Of(ModelAnalysis analysis)
    {
        var cost = analysis.Cost.Total(_ => null);
        var exact = Coverage.Of(analysis, g => g.IsExact);
        var proto = analysis.Source.Proto;
        return new InspectReport(
            "inspect",
            analysis.Source.Path!,
            [.. proto.OpsetImport.Select(o => new OpsetReport(o.Domain.Length == 0 ? "ai.onnx" : o.Domain, o.Version))],
            [.. analysis.Graph.Inputs.Select(v => Describe(v.Declared!))],
            [.. proto.Graph.Output.Select(Describe)],
            analysis.Graph.Nodes.Count,
            (long)cost.Macs,
            (long)cost.Parameters,
            (long)Math.Ceiling(cost.Bytes),
            FileSize.Of(analysis.Source),
            new CoverageReport(Share(exact), Share(Coverage.Of(analysis, _ => true))),
            LayerReport.Of(analysis),
            [.. analysis.Groups.Select(g => Describe(analysis, g, cost))],
            PinnedReport.Of(exact),
            WarningReport.Of(analysis),
            UncountedReport.Of(analysis))
        { Drawing = GraphBlock.Of(analysis) };
    }

    private static CoverageShare Share(Coverage coverage) => new(Rounded(coverage.Macs), Rounded(coverage.Parameters));

    private static ValueReport Describe(ValueInfoProto value)
    {
        var tensor = value.Type?.TensorType;
        string type = ((ElementType)(tensor?.ElemType ?? 0)).ToString().ToLowerInvariant();
        int? rank = tensor?.Shape?.Dim.Count;
        var sizes = rank is null ? null : Enumerable.Range(0, rank.Value).Select(axis => SizeText(value, axis)).ToList();
        return new ValueReport(value.Name, type, sizes);
    }

    private static string SizeText(ValueInfoProto value, int axis)
    {
        var size = value.Type.TensorType.Shape.Dim[axis];
        return size.HasDimValue && size.DimValue > 0 ? $"{size.DimValue}" : Valuation.Symbol(value, axis);
    }

    private static GroupReport Describe(ModelAnalysis analysis, ChannelGroup group, Cost whole)
    {
        var substitution = analysis.Layouts.Unifier.Substitution;
        var all = new KeptSizes(substitution, _ => null);
        var none = new KeptSizes(substitution, leaf => leaf == group.Variable ? 0 : null);
        var shrinks = default(Cost);
        foreach (int i in analysis.Cost.Touching(group.Variable))
        {
            var summand = analysis.Cost.Summands[i];
            shrinks = CostModel.Plus(CostModel.Plus(shrinks, summand.At(all), 1), summand.At(none), -1);
        }
        return new GroupReport(
            group.Id,
            group.Kind.Name(),
            group.Size,
            group.IsExact,
            group.ApproximateBecause?.ToString(),
            Rounded(shrinks.Macs / whole.Macs),
            Rounded(shrinks.Parameters / whole.Parameters),
            (long)shrinks.Macs,
            (long)shrinks.Parameters,
            [.. group.Slices.Select(s => $"{s.Weight.Name}[{s.Axis}]")]);
    }

    private static double Rounded(double share) => double.IsFinite(share) ? Math.Round(share, 6) : 0;
}
