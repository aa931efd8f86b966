using Onnx;

namespace OnnxPrune.Normalization;

/// <summary>
/// Takes initializers off the list of graph inputs. Before IR version 4 they had to stand there; since then it makes them
/// defaults that a caller may override, which exporters rarely mean, and a pruned weight could no longer be overridden anyway.
/// </summary>
internal static class PlainInitializers
{
    private const long FirstVersionWithPlainInitializers = 4;

    public static void Apply(ModelProto model)
    {
        var graph = model.Graph;
        var initializers = graph.Initializer.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = graph.Input.Where(i => !initializers.Contains(i.Name)).ToList();
        graph.Input.Clear();
        graph.Input.AddRange(inputs);
        model.IrVersion = Math.Max(model.IrVersion, FirstVersionWithPlainInitializers);
    }
}
