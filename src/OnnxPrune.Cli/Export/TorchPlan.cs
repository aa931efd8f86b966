using System.Reflection;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Shapes;

namespace OnnxPrune.Cli.Export;

/// <summary>Writes a Python file that applies a plan to the PyTorch model from which the ONNX model was exported.</summary>
internal static class TorchPlan
{
    private const string Template = "torch_plan.py", Placeholder = "# @PLAN@";

    /// <summary>The text of the file.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cut">The channels that stay by the plan.</param>
    /// <param name="names">PyTorch names by names of ONNX weights; null for a weight without PyTorch parameter.</param>
    /// <exception cref="OnnxPruneException">OP2004: the model has no weight of that name; OP4008: a weight cannot be matched in PyTorch.</exception>
    public static string Of(PruningPlan plan, Cut cut, IReadOnlyDictionary<string, string?> names)
    {
        var analysis = cut.Analysis;
        CheckNames(analysis, names);
        var uses = analysis.Graph.Initializers.GroupBy(v => v.Name).ToDictionary(g => g.Key, g => g.Count());
        var alike = analysis.Graph.Nodes.SelectMany(node => node.Inputs.OfType<Value>()).Where(v => v.Initializer is { } t && Tensors.IsFloat(t))
            .DistinctBy(v => v.Name).ToLookup(v => ShapeOf(v), v => v.Name);
        var weights = CutWeight.Of(cut)
            .Where(weight => !names.TryGetValue(weight.Value.Name, out string? name) || name is not null)
            .Select(weight => new TorchWeight(
                weight,
                analysis.Operators.Find(weight.Node),
                uses[weight.Value.Name] > 1,
                [.. alike[ShapeOf(weight.Value)]],
                names.GetValueOrDefault(weight.Value.Name)))
            .Select(weight => weight.Checked());
        string[] lines =
        [
            "PLAN = {",
            $"    \"model\": {PythonText.Of(plan.Model.File)},",
            $"    \"tool\": {PythonText.Of(plan.Tool)},",
            $"    \"groups\": {PythonText.Dictionary(Groups(cut))},",
            "    \"weights\": [",
            .. weights.Select(weight => $"        {weight.ToPython()},"),
            "    ],",
            "}",
        ];
        return Text().Replace(Placeholder, string.Join('\n', lines), StringComparison.Ordinal);
    }

    // A matrix and its transpose count as the same shape, because PyTorch may hold either.
    private static string ShapeOf(Value value)
    {
        var dims = value.Initializer!.Dims;
        return string.Join(',', dims.Count == 2 ? dims.Order() : dims);
    }

    private static void CheckNames(ModelAnalysis analysis, IReadOnlyDictionary<string, string?> names)
    {
        var known = analysis.Graph.Initializers.Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
        if (names.Keys.FirstOrDefault(name => !known.Contains(name)) is not { } unknown) return;
        throw new OnnxPruneException(
            ErrorCodes.NoSuchName,
            $"--names: the model has no weight '{unknown}'; the most similar name is '{Spelling.Nearest(unknown, known).FirstOrDefault()}'");
    }

    // The numbers of convolution groups that pruning changes, by node.
    private static IEnumerable<(string Node, PythonText Groups)> Groups(Cut cut)
    {
        var (analysis, sizes) = (cut.Analysis, cut.Sizes());
        foreach (var node in analysis.Graph.Nodes)
        {
            if (analysis.Operators.LinearOf(node) is not { Groups: > 1 } view) continue;
            // Groups lie side by side on the first axis of the weights; the other axis of channels counts those of one group.
            var (whole, within) = view.OutputsAxis == 0 ? (node.Inputs[view.Input]!, view.InputsAxis) : (node.Outputs[0]!, view.OutputsAxis);
            if (analysis.Layouts.LayoutOf(whole) is not { } layout) continue;
            if (analysis.Layouts.LayoutOf(node.Inputs[view.Weights]!) is not { } weight) continue;
            var groups = sizes.Of(layout[view.ChannelAxis == 1 ? 1 : ^1]) / sizes.Of(weight[within]);
            if (!groups.Same(Size.Of(view.Groups))) yield return (LayerReport.NameOf(node), PythonText.Of(groups.Value));
        }
    }

    private static string Text()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Template)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
