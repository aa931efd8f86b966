using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Normalization;

/// <summary>Brings a model into the one form that the later stages read, without changing what it computes.</summary>
internal static class Normalizer
{
    private static readonly IReadOnlyList<(Action<ModelProto, ICollection<Diagnostic>> Apply, string Name)> Passes =
    [
        (Silent(FunctionInlining.Apply), nameof(FunctionInlining)),          // first: the passes below look at the nodes of the graph only
        (Silent(RawTensorData.Apply), nameof(RawTensorData)),             // every later stage reads raw bytes only
        (Silent(SparseInitializers.Apply), nameof(SparseInitializers)),        // before anything looks for the initializers
        (Silent(ConstantsAsInitializers.Apply), nameof(ConstantsAsInitializers)),   // before identities: an Identity may stand behind a Constant
        (DuplicateInitializers.Apply, nameof(DuplicateInitializers)),     // after all passes that make initializers: the last one counts
        (Silent(IdentityRemoval.Apply), nameof(IdentityRemoval)),           // so that a weight behind an Identity is the weight itself
        (Silent(ConstantOfShapePerUse.Apply), nameof(ConstantOfShapePerUse)),     // after identities, which would hide its readers
        (Silent(PlainInitializers.Apply), nameof(PlainInitializers)),         // it looks at the initializers that the passes above have made
        (Silent(ConstantFolding.Apply), nameof(ConstantFolding)),           // when it is decided which initializers a caller may replace
        (Silent(PackedConstants.Apply), nameof(PackedConstants)),             // after folding, which may compute a packed weight
        (DeadBranches.Apply, nameof(DeadBranches)),              // last: the passes above leave nodes and constants behind that nothing reads
    ];

    /// <summary>A normalized copy of <paramref name="model"/>, which does not change. The copy shares the weights.</summary>
    /// <param name="model">The model.</param>
    /// <param name="notes">Receives what the user must know about changes; null if nobody reads that.</param>
    public static ModelProto Normalize(ModelProto model, ICollection<Diagnostic>? notes = null)
    {
        var copy = model.Clone();
        bool checks = PassCheck.IsOn && copy.Graph is not null && PassCheck.FaultOf(copy.Graph) is null;
        foreach (var (apply, name) in Passes)
        {
            apply(copy, notes ?? []);
            if (checks) PassCheck.Graph(copy.Graph!, name);
        }
        return copy;
    }

    private static Action<ModelProto, ICollection<Diagnostic>> Silent(Action<ModelProto> pass) => (model, _) => pass(model);
}
