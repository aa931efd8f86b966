using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Rewriting;

/// <summary>
/// One tensor per initializer and distinct mask: uses that keep the same indices share it, and where uses differ, the one that
/// keeps everything, or else the first, keeps the name.
/// </summary>
internal sealed class InitializerVariants
{
    private readonly Dictionary<int, TensorProto> byValue = [];
    private readonly List<TensorProto> all = [];

    private InitializerVariants()
    {
    }

    /// <summary>How a tensor and the masks of its axes become the tensor of a variant.</summary>
    public delegate TensorProto Cut(Value value, TensorProto tensor, IReadOnlyList<bool[]?> masks);

    /// <summary>The tensors, in the order of the original initializers.</summary>
    public IReadOnlyList<TensorProto> All => all;

    /// <summary>The tensor that a value reads.</summary>
    public TensorProto this[Value value] => byValue[value.Id];

    /// <summary>Makes the variants of all initializers of a graph.</summary>
    public static InitializerVariants Make(
        ModelAnalysis analysis, KeepMasks masks, Func<TensorProto, TensorProto> weights, NameAllocator names, Cut cut)
    {
        var variants = new InitializerVariants();
        foreach (var uses in analysis.Graph.Initializers.GroupBy(v => v.Initializer!, ReferenceEqualityComparer.Instance))
        {
            var tensor = weights(uses.First().Initializer!);
            var distinct = uses.Select(value => (Value: value, Masks: Masks(analysis, masks, value)))
                .GroupBy(u => Key(u.Masks)).OrderBy(g => g.Key.Length > 0 ? 1 : 0).ToList();
            for (int i = 0; i < distinct.Count; i++)
            {
                var (value, axes) = distinct[i].First();
                var variant = distinct[i].Key.Length == 0 ? tensor : cut(value, tensor, axes);
                if (i > 0) variant = Renamed(variant, names.Unique(tensor.Name));
                variants.all.Add(variant);
                foreach (var use in distinct[i]) variants.byValue[use.Value.Id] = variant;
            }
        }
        return variants;
    }

    private static IReadOnlyList<bool[]?> Masks(ModelAnalysis analysis, KeepMasks masks, Value value) =>
        analysis.Layouts.LayoutOf(value)!.Select(term => masks.KeepsAll(term) ? null : masks.Of(term)).ToList();

    // Empty where every axis stays whole.
    private static string Key(IReadOnlyList<bool[]?> masks) => masks.All(m => m is null)
        ? ""
        : string.Join('|', masks.Select(m => m is null ? "*" : string.Concat(m.Select(k => k ? '1' : '0'))));

    private static TensorProto Renamed(TensorProto tensor, string name)
    {
        var copy = tensor.Clone();
        copy.Name = name;
        return copy;
    }
}
