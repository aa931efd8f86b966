using OnnxPrune.Groups;
using OnnxPrune.Model;

namespace OnnxPrune.Testing;

/// <summary>Analyses of models in ONNX text.</summary>
internal static class Analysis
{
    public static ModelAnalysis Of(string text) => ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(text)));

    /// <summary>A line per group: its name, its size, and the operator that makes it approximate, if one does.</summary>
    public static string Groups(string text) => string.Join('\n', Of(text).Groups.Select(Line));

    private static string Line(ChannelGroup group) => group.IsExact ? $"{group} exact" : $"{group} approximate: {group.ApproximateBecause!.Operator}";
}
