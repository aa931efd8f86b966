using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Rewriting;

/// <summary>
/// Finds the groups whose cut cannot be carried out, before anything is decided about them. The check rewrites the graph without its large weights.
/// </summary>
internal static class CutCheck
{
    /// <summary>The analysis with those groups pinned that cannot lose half of their channels.</summary>
    public static ModelAnalysis Pinned(ModelAnalysis analysis)
    {
        while (Failing(Half(analysis)) is { Count: > 0 } failing) analysis = analysis.Pinning(failing);
        return analysis;
    }

    /// <summary>The groups of a cut that cannot be carried out together with those before them, and why.</summary>
    public static IReadOnlyList<(ChannelGroup Group, PinReason Reason)> Failing(Cut cut)
    {
        if (FailureOf(cut) is null) return [];
        var carried = new List<KeyValuePair<ChannelGroup, bool[]>>();
        var failing = new List<(ChannelGroup, PinReason)>();
        foreach (var group in cut.Groups)
        {
            carried.Add(new(group, cut.MaskOf(group)!));
            if (FailureOf(Cut.Of(cut.Analysis, carried)) is not { } failure) continue;
            carried.RemoveAt(carried.Count - 1);
            failing.Add((group, new PinReason(failure.Node.OpType, failure.Node.Label, failure.Why)));
        }
        return failing;
    }

    private static Cut Half(ModelAnalysis analysis) => Cut.Of(
        analysis,
        analysis.Groups.Where(g => g.Size > 1).Select(g =>
            new KeyValuePair<ChannelGroup, bool[]>(g, [.. Enumerable.Range(0, g.Size).Select(i => i < (g.Size + 1) / 2)])));

    private static RewriteException? FailureOf(Cut cut)
    {
        try
        {
            new GraphRewriter(cut, tensor => tensor, Outline).Run();
            return null;
        }
        catch (RewriteException e)
        {
            return e;
        }
    }

    // Contents matter only where shapes can depend on them.
    private static TensorProto Outline(TensorProto tensor, IReadOnlyList<bool[]?> axes)
    {
        var outline = new TensorProto { Name = tensor.Name, DataType = tensor.DataType };
        outline.Dims.AddRange(tensor.Dims.Select((size, axis) => axes[axis]?.LongCount(kept => kept) ?? size));
        return Tensors.Count(outline) > KnownTensor.LargestCount ? outline : TensorSlicer.Remove(tensor, axes);
    }
}
