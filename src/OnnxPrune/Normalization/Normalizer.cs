using Onnx;

namespace OnnxPrune.Normalization;

/// <summary>Brings a model into the one form that the later stages read, without changing what it computes.</summary>
public static class Normalizer
{
    private static readonly IReadOnlyList<Action<ModelProto>> Passes =
    [
        FunctionInlining.Apply,          // first: the passes below look at the nodes of the graph only
        RawTensorData.Apply,             // every later stage reads raw bytes only
        SparseInitializers.Apply,        // before anything looks for the initializers
        ConstantsAsInitializers.Apply,   // before identities: an Identity may stand behind a Constant
        IdentityRemoval.Apply,           // so that a weight behind an Identity is the weight itself
        ConstantOfShapePerUse.Apply,     // after identities, which would hide its readers
        PlainInitializers.Apply,         // last: it looks at the initializers that the passes above have made
    ];

    /// <summary>A normalized copy of <paramref name="model"/>, which does not change. The copy shares the weights.</summary>
    public static ModelProto Normalize(ModelProto model)
    {
        var copy = model.Clone();
        foreach (var pass in Passes) pass(copy);
        return copy;
    }
}
