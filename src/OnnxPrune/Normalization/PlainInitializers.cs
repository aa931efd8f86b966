using Onnx;

namespace OnnxPrune.Normalization;

/// <summary>
/// Takes initializers off the list of graph inputs where they had to stand there, before IR version 4. Since then an initializer on that list is
/// the default value of an input that a caller may pass, and it stays one.
/// </summary>
internal static class PlainInitializers
{
    private const long FirstVersionWithPlainInitializers = 4;

    public static void Apply(ModelProto model)
    {
        if (model.IrVersion >= FirstVersionWithPlainInitializers) return;
        var graph = model.Graph;
        var initializers = graph.Initializer.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = graph.Input.Where(i => !initializers.Contains(i.Name)).ToList();
        graph.Input.Clear();
        graph.Input.AddRange(inputs);
        model.IrVersion = FirstVersionWithPlainInitializers;
    }
}
