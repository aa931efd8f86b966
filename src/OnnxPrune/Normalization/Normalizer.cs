using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Normalization;

/// <summary>Brings a model into the one form that the later stages read, without changing what it computes.</summary>
internal static class Normalizer
{
    private static readonly IReadOnlyList<(Action<ModelProto> Apply, string Name)> Passes =
    [
        (FunctionInlining.Apply, nameof(FunctionInlining)),          // first: the passes below look at the nodes of the graph only
        (RawTensorData.Apply, nameof(RawTensorData)),             // every later stage reads raw bytes only
        (SparseInitializers.Apply, nameof(SparseInitializers)),        // before anything looks for the initializers
        (ConstantsAsInitializers.Apply, nameof(ConstantsAsInitializers)),   // before identities: an Identity may stand behind a Constant
        (IdentityRemoval.Apply, nameof(IdentityRemoval)),           // so that a weight behind an Identity is the weight itself
        (ConstantOfShapePerUse.Apply, nameof(ConstantOfShapePerUse)),     // after identities, which would hide its readers
        (PlainInitializers.Apply, nameof(PlainInitializers)),         // last: it looks at the initializers that the passes above have made
    ];

    /// <summary>A normalized copy of <paramref name="model"/>, which does not change. The copy shares the weights.</summary>
    public static ModelProto Normalize(ModelProto model)
    {
        var copy = model.Clone();
        bool checks = PassCheck.IsOn && copy.Graph is not null && PassCheck.FaultOf(copy.Graph) is null;
        foreach (var (apply, name) in Passes)
        {
            apply(copy);
            if (checks) PassCheck.Graph(copy.Graph!, name);
        }
        return copy;
    }
}
